"""The firmware as the kernel of a PVH dom0: real hypercalls without a toolstack."""

import tempfile
from pathlib import Path

from rig import initrd, uki
from rig.kernel import Kernel
from rig.qemu import CPU, Qemu
from rig.xen import Xen

from .case import Case, expect, expect_line
from .quick import TIMEOUT, QuickResult, wait

XEN_OPTIONS = "console=com1 com1=115200,8n1 dom0=pvh dom0-iommu=none dom0_mem=512M loglvl=all guest_loglvl=all"
END_OF_DOM0 = "Hardware Dom0 "
# Linux asks for events: the last that is seen of one that came through EFI, see docs/dom0.md.
LINUX = "d0v0: upcall vector"
LINUX_TIMEOUT = 150


class Dom0:
    """What Xen is given: the firmware, and one module with its command line."""

    def __init__(self, xen_version, firmware, image, cmdline, last_words=END_OF_DOM0, timeout=TIMEOUT):
        self._xen, self._firmware, self._image, self._cmdline = Xen(xen_version), firmware, image, cmdline
        self._last_words, self._timeout = last_words, timeout

    def run(self):
        """Boot it and return a QuickResult."""
        command = ["-machine", "q35", "-accel", "tcg", "-cpu", CPU, "-m", "1024", "-nodefaults",
                   "-display", "none", "-no-reboot", "-serial", "stdio",
                   "-kernel", str(self._xen.hypervisor), "-append", XEN_OPTIONS,
                   "-initrd", f"{self._firmware},{self._image} {self._cmdline}"]
        with tempfile.NamedTemporaryFile() as log:
            process = Qemu().start(command, log)
            try:
                end = wait(process, log.name, self._last_words, timeout=self._timeout)
            finally:
                process.kill()
                process.wait()
            return QuickResult(end, Path(log.name).read_bytes().decode(errors="replace").replace("\r", ""))


def cases(firmware, efi_programs):
    """Return the cases; each guest is a Dom0."""
    return [
        Case("dom0: an EFI program ends well", Dom0("4.17", firmware, efi_programs / "finish.efi", ""),
             lambda r: expect_dom0(r, "the image returned EFI_SUCCESS", "halted")),
        Case("dom0: a fault is a crash", Dom0("4.17", firmware, efi_programs / "fault.efi", "garbage"),
             lambda r: expect_dom0(r, "exception: invalid opcode", "crashed")),
    ]


def linux_cases(firmware, folder):
    """Return the case of a UKI; it goes to FOLDER."""
    kernel = Kernel("bookworm", "standard")
    image = uki.build(folder / "dom0.efi", kernel.vmlinuz, initrd.build(kernel), "console=hvc0")
    return [Case("dom0: Linux's EFI stub", Dom0("4.17", firmware, image, "", LINUX, LINUX_TIMEOUT), expect_linux)]


def expect_linux(result):
    """The stub took its initrd and left boot services, and the kernel itself found Xen."""
    expect_line(result.console, "pvhefi: version ")
    expect_line(result.console, "EFI stub: Loaded initrd")
    expect_line(result.console, LINUX)


def expect_dom0(result, message, end):
    """The firmware found itself on Xen, said MESSAGE, and Xen says how dom0 ended."""
    expect(result.end == "halt", f"Xen did not report dom0's end ({result.end})")
    expect_line(result.console, "*** Building a PVH Dom0 ***")
    expect_line(result.console, "pvhefi: version ")
    expect_line(result.console, message)
    expect_line(result.console, f"{END_OF_DOM0}{end}")
