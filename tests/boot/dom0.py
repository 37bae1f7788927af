"""The firmware as the kernel of a PVH dom0: real hypercalls without a toolstack."""

import tempfile
from pathlib import Path

from rig.qemu import CPU, Qemu
from rig.xen import Xen

from .case import Case, expect, expect_line
from .quick import QuickResult, wait

XEN_OPTIONS = "console=com1 com1=115200,8n1 dom0=pvh dom0-iommu=none dom0_mem=512M loglvl=all guest_loglvl=all"
END_OF_DOM0 = "Hardware Dom0 "


class Dom0:
    """What Xen is given: the firmware, and one module with its command line."""

    def __init__(self, xen_version, firmware, image, cmdline):
        self._xen, self._firmware, self._image, self._cmdline = Xen(xen_version), firmware, image, cmdline

    def run(self):
        """Boot it and return a QuickResult."""
        command = ["-machine", "q35", "-accel", "tcg", "-cpu", CPU, "-m", "1024", "-nodefaults",
                   "-display", "none", "-no-reboot", "-serial", "stdio",
                   "-kernel", str(self._xen.hypervisor), "-append", XEN_OPTIONS,
                   "-initrd", f"{self._firmware},{self._image} {self._cmdline}"]
        with tempfile.NamedTemporaryFile() as log:
            process = Qemu().start(command, log)
            try:
                end = wait(process, log.name, END_OF_DOM0)
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


def expect_dom0(result, message, end):
    """The firmware found itself on Xen, said MESSAGE, and Xen says how dom0 ended."""
    expect(result.end == "halt", f"Xen did not report dom0's end ({result.end})")
    expect_line(result.console, "*** Building a PVH Dom0 ***")
    expect_line(result.console, "pvhefi: version ")
    expect_line(result.console, message)
    expect_line(result.console, f"{END_OF_DOM0}{end}")
