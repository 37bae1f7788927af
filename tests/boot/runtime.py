"""Runtime services as Linux calls them: variables through efivarfs and efibootmgr."""

from pathlib import Path

from rig import Guest, initrd
from rig.kernel import Kernel

from . import linux
from .case import Case, expect

SCRIPT = Path(__file__).with_name("efivars")
USERLAND = initrd.Userland(SCRIPT, ("efibootmgr", "e2fsprogs"), ("bin/efibootmgr", "bin/chattr"))
CHECKS_MIN = 30
TIMEOUT = 300


def cases(firmware, suites=("bookworm",)):
    """Return one case for the cloud kernel of each of the SUITES."""
    return [_case(firmware, Kernel(suite, "cloud")) for suite in suites]


def _case(firmware, kernel):
    guest = Guest(f"runtime-{kernel.release}", "modules", kernel.vmlinuz, initrd.build(kernel, USERLAND),
                  firmware=firmware, timeout=TIMEOUT)
    return Case(f"runtime services, Linux {kernel.release}", guest, expect_variables)


def expect_variables(result):
    """The script came to its end and every one of its checks held."""
    linux.expect_efi_boot(result, 512)
    lines = result.report["script"]
    wrong = [line for line in lines if not line.startswith("ok ")]
    expect(wrong == ["done"], f"in the guest: {wrong}")
    expect(len(lines) > CHECKS_MIN, f"only {len(lines)} checks were made")
