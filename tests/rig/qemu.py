"""Finds a QEMU whose emulated AMD-V carries Xen, and starts it."""

import re
import shutil
import subprocess

from . import command
from .debian import Suite
from .progress import say

# 7.2 is the oldest tried. From 9.1 on, QEMU reports every intercepted control-register read to Xen
# as one of CR0, so that guests die early; no option avoids it.
OLDEST, TOO_NEW = (7, 2), (9, 1)
FALLBACK_SUITE = "bookworm"
FALLBACK_PACKAGES = ("qemu-system-x86", "qemu-system-common", "qemu-system-data", "seabios",
                     "ipxe-qemu")

# rdtscp: Xen's intercept of it fails under emulation. cx16: QEMU 7.2 now and then double-faults a
# guest inside cmpxchg16b. pdpe1gb: without 1 GiB pages some firmware takes minutes to map memory.
CPU = "qemu64,+svm,+npt,+nx,-rdtscp,-cx16,+pdpe1gb,+ssse3,+sse4.1,+sse4.2,+popcnt"
# Virtual time passes with the guest's instructions, two (1 << ICOUNT_SHIFT) nanoseconds each, whatever the host does
# meanwhile.
ICOUNT_SHIFT = 1
ICOUNT = ("-icount", f"shift={ICOUNT_SHIFT},sleep=off")
INSTRUCTIONS_PER_SECOND = 10**9 >> ICOUNT_SHIFT
DOM0_MIB = 512
# dom0 holds a guest's files twice, and xl unpacks kernels in memory.
DOM0_MIB_PER_FILE_MIB = 4
# Half of a machine's memory may be files of its initramfs.
DOM0_MIB_PER_SAVED_MIB = 2
DEVICE_MODEL_MIB = 192
XEN_MIB = 256


class Qemu:
    """A usable QEMU: .command starts it, .environment is what it needs around it."""

    def __init__(self):
        self.command, self.environment = _installed() or _from_cache()

    def start(self, machine, log, stdin=subprocess.DEVNULL):
        """Start QEMU with the arguments MACHINE; its own messages go to the open file LOG."""
        return subprocess.Popen([*self.command, *machine], env=self.environment, stdin=stdin,
                                stdout=log, stderr=log)


def machine(xen, guest_mib, files_mib, saved_mib, share, xen_log, icount=False, disks=()):
    """Return QEMU's arguments for a machine that runs XEN.

    It can hold one guest of GUEST_MIB at a time, made from files of FILES_MIB, and in a file SAVED_MIB of one's memory.
    DISKS are arguments, too.
    """
    dom0_mib = (DOM0_MIB + DOM0_MIB_PER_FILE_MIB * files_mib + DOM0_MIB_PER_SAVED_MIB * saved_mib
                + (DEVICE_MODEL_MIB if xen.device_model else 0))
    # Without "max" dom0 prepares itself for all of the machine's memory, which takes seconds.
    xen_options = (f"console=com1 com1=115200,8n1 dom0_mem={dom0_mib}M,max:{dom0_mib}M "
                   "loglvl=all guest_loglvl=all console_timestamps=boot bootscrub=0")
    # The last two only save time: no patching of the kernel, no walk through its page tables.
    dom0_options = "console=hvc0 rdinit=/init quiet mitigations=off rodata=off"
    return [
        "-machine", "q35", "-accel", "tcg", "-cpu", CPU, *(ICOUNT if icount else ()),
        "-m", str(dom0_mib + XEN_MIB + guest_mib), "-smp", "1",
        "-nodefaults", "-display", "none", "-no-reboot", "-serial", f"file:{xen_log}",
        "-kernel", str(xen.hypervisor), "-append", xen_options,
        "-initrd", f"{xen.dom0_kernel} {dom0_options},{xen.dom0_initrd}",
        # A PV dom0 can do DMA to a virtio device only through the IOMMU interface.
        "-fsdev", f"local,id=rig,path={share},security_model=none",
        "-device", "virtio-9p-pci,fsdev=rig,mount_tag=rig,disable-legacy=on,iommu_platform=on",
        *disks,
    ]


def _version(program):
    found = re.search(r"version (\d+)\.(\d+)", command.text(program, "--version"))
    return tuple(map(int, found.groups())) if found else (0, 0)


def _installed():
    program = shutil.which("qemu-system-x86_64")
    if not program:
        return None
    version = _version(program)
    if OLDEST <= version < TOO_NEW:
        return [program], None
    say(f"QEMU {version[0]}.{version[1]} cannot carry Xen: using Debian {FALLBACK_SUITE}'s")
    return None


def _from_cache():
    """Run the older suite's QEMU with its own libraries, beside whatever is installed."""
    tree = Suite(FALLBACK_SUITE).packages(*FALLBACK_PACKAGES)
    libraries = ":".join(map(str, tree.library_folders()))
    data = [word for folder in ("usr/share/qemu", "usr/share/seabios", "usr/lib/ipxe/qemu")
            for found in tree.glob(folder) for word in ("-L", str(found))]
    command = [str(tree.library("ld-linux-x86-64.so.2")), "--library-path", libraries,
               str(tree.find("usr/bin/qemu-system-x86_64")), *data]
    modules = tree.find("usr/lib/x86_64-linux-gnu/qemu")
    return command, {"QEMU_MODULE_DIR": str(modules), "PATH": "/usr/bin:/bin"}
