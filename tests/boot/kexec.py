"""Another kernel in the place of the first one, without a boot: it must find EFI where the first one found it.

In plain QEMU: under Xen Linux's kexec is a "soft reset" of the domain, for which xl destroys every PVH guest, those
without firmware too.
"""

from pathlib import Path

from rig import initrd, result, uki
from rig.kernel import Kernel

from . import linux
from .case import Case, expect
from .quick import Machine

SCRIPT = Path(__file__).with_name("kexec-guest")
CMDLINE = "console=ttyS0"
MEMORY, TIMEOUT = 512, 240


def cases(firmware, folder, suites=("bookworm",)):
    """Return one case for the cloud kernel of each of the SUITES; images go to FOLDER."""
    return [_case(firmware, folder, Kernel(suite, "cloud"), suite) for suite in suites]


def _case(firmware, folder, kernel, suite):
    files = (("vmlinuz", kernel.vmlinuz), ("initrd", initrd.build(kernel)))
    userland = initrd.Userland(SCRIPT, ("kexec-tools",), ("sbin/kexec",), files=files)
    image = uki.build(folder / f"kexec-{suite}.efi", kernel.vmlinuz, initrd.build(kernel, userland),
                      f"{CMDLINE} rig.action=kexec")
    return Case(f"quick: kexec, Linux {kernel.release}",
                Machine(image, firmware, "", memory=MEMORY, timeout=TIMEOUT), expect_second_kernel)


def expect_second_kernel(machine):
    """Two kernels reported, both on EFI, and the second one powered the machine off."""
    expect(machine.end == "exit", f"the machine ended by {machine.end}")
    reports = result.parse_reports(machine.console)
    expect(len(reports) == 2, f"{len(reports)} kernels reported")
    first, second = reports
    expect(first["script"] == ["loaded"], f"kexec: {first['script']}")
    expect(second["cmdline"] == [CMDLINE], f"command line {second['cmdline']}")
    expect(any(linux.EFI_LINE.search(line) for line in second["efi-dmesg"]), "the second kernel found no EFI")
    expect(second["efi-variables"] == ["works"], f"variables under the second kernel: {second['efi-variables']}")
    places = [sorted(line for line in report["efi-runtime-map"]) for report in reports]
    expect(places[0] == places[1], "the second kernel has the runtime services elsewhere")
