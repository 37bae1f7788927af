"""Debian's kernels, in each of the forms in which the toolstack can hand them over."""

from rig import Guest, initrd, uki
from rig.kernel import Kernel

from . import linux
from .case import Case
from .control import Control

# Suite, flavour, and how the kernel's release must begin.
SHORT = [("bullseye", "cloud", "5.10"), ("bookworm", "cloud", "6.1"), ("trixie", "cloud", "6.12"),
         ("sid", "cloud", "7."), ("bookworm", "standard", "6.1")]
FULL = SHORT + [("bullseye", "standard", "5.10"), ("trixie", "standard", "6.12"),
                ("sid", "standard", "7."), ("bookworm", "rt", "6.1"), ("trixie", "rt", "6.12")]
# systemd-stub of the kernel's own age; bullseye has none worth the name.
STUBS = {"bullseye": "bookworm"}
CMDLINE = "console=hvc0"
# Realtime kernels switch the runtime services off unless told otherwise.
RT_CMDLINE = "console=hvc0 efi=runtime"
# Seconds of a machine that may be busy with other things: only a guest that hangs needs them all.
TIMEOUT = 300
MEMORY, CONTROL_MEMORY = 512, 384
# xl takes it for the beginning of pvgrub32, and looks for pv.bin.
XL_NAME = "pv"


class Kernels:
    """Makes cases; what must be built for them goes to FOLDER."""

    def __init__(self, firmware, folder):
        self._firmware, self._folder = firmware, folder

    def forms(self, suite, flavour, release):
        """Return the two cases that every kernel gets."""
        kernel = Kernel(suite, flavour)
        return [self.modules(kernel, f"{release}-{flavour}", release),
                self.unified(kernel, f"{release}-{flavour}", release, STUBS.get(suite, suite))]

    def modules(self, kernel, name, release="", memory=MEMORY, vcpus=1, action=None, check=None):
        """Kernel and initrd as two modules."""
        cmdline = self._cmdline(kernel) + (f" rig.action={action}" if action else "")
        guest = Guest(f"{name}-modules", "modules", kernel.vmlinuz, initrd.build(kernel),
                      firmware=self._firmware, cmdline=cmdline, memory=memory, vcpus=vcpus, timeout=TIMEOUT)
        return Case(f"{name}: two modules", guest, check or (
            lambda result: linux.expect_efi_boot(result, memory, vcpus, release, cmdline)))

    def compared(self, kernel, name, release):
        """The same again, and the kernel by itself for comparison."""
        name += "-compared"
        control = Control(name, kernel, CONTROL_MEMORY, CMDLINE)

        def check(result):
            linux.expect_efi_boot(result, CONTROL_MEMORY, 1, release, CMDLINE)
            control.expect_as_good(result)

        return [control.case(), self.modules(kernel, name, release, CONTROL_MEMORY, check=check)]

    def as_many_cpus(self, kernel, name, vcpus):
        """As many of the CPUs come up as without firmware."""
        control = Control(name, kernel, MEMORY, CMDLINE, vcpus)
        return [control.case(), self.modules(kernel, name, vcpus=vcpus, check=lambda result: linux.expect_efi_boot(
            result, MEMORY, control.cpus(), cmdline=CMDLINE))]

    def unified(self, kernel, name, release, stub):
        """The same as one UKI, whose own command line counts."""
        cmdline = self._cmdline(kernel)
        path = self._folder / f"{name}-{stub}.efi"
        uki.build(path, kernel.vmlinuz, initrd.build(kernel), cmdline, stub)
        guest = Guest(f"{name}-uki", "module", image=path, firmware=self._firmware, cmdline="",
                      timeout=TIMEOUT)
        return Case(f"{name}: UKI with {stub}'s stub", guest, lambda result: linux.expect_efi_boot(
            result, guest.memory, 1, release, cmdline))

    def by_name(self, kernel, name, release):
        """A UKI by an unpatched xl's firmware=, see packaging/install.mk."""
        path = uki.build(self._folder / f"{name}-by-name.efi", kernel.vmlinuz, initrd.build(kernel), CMDLINE)
        guest = Guest(f"{name}-by-name", "module", image=path, firmware=self._firmware, firmware_name=XL_NAME, cmdline="",
                      timeout=TIMEOUT)
        return Case(f'{name}: UKI, firmware="{XL_NAME}"', guest, lambda result: linux.expect_efi_boot(
            result, guest.memory, 1, release, CMDLINE))

    def no_initrd(self, kernel, name):
        """A kernel alone must look for its root disk and say that there is none."""
        guest = Guest(f"{name}-alone", "module", image=kernel.vmlinuz, firmware=self._firmware,
                      cmdline="console=hvc0 panic=1", timeout=TIMEOUT)
        return Case(f"{name}: no initrd", guest, linux.expect_no_root)

    def reboot(self, kernel, name):
        """Reboot inside the guest starts the domain again."""
        return self.modules(kernel, f"{name}-reboot", action="reboot", check=linux.expect_reboot)

    @staticmethod
    def _cmdline(kernel):
        return RT_CMDLINE if "-rt-" in kernel.release else CMDLINE


def short_cases(firmware, folder):
    """Return what `make check` boots under the default Xen."""
    make = Kernels(firmware, folder)
    return [case for kernel in SHORT for case in make.forms(*kernel)] + _sizes_and_ends(make)


def _sizes_and_ends(make):
    """Return what is tried with one kernel."""
    kernel = Kernel("bookworm", "cloud")
    return make.compared(kernel, "6.1-cloud", "6.1") + [
        make.no_initrd(kernel, "6.1-cloud"),
        make.modules(kernel, "6.1-cloud-192MiB", "6.1", memory=192),
        make.modules(kernel, "6.1-cloud-2560MiB", "6.1", memory=2560),
        make.modules(kernel, "6.1-cloud-2vcpus", "6.1", vcpus=2),
        make.reboot(kernel, "6.1-cloud"),
    ]


def full_cases(firmware, folder):
    """Return the slow matrix for one Xen."""
    make = Kernels(firmware, folder)
    cases = [case for kernel in FULL for case in make.forms(*kernel)] + _sizes_and_ends(make)
    cases.append(make.by_name(Kernel("bookworm", "cloud"), "6.1-cloud", "6.1"))
    for suite in ("bullseye", "trixie", "sid"):
        kernel = Kernel(suite, "cloud")
        cases += [make.modules(kernel, f"{suite}-{memory}MiB", memory=memory)
                  for memory in (256, 1024, 2560, 5120)]
        name = f"{suite}-4vcpus"
        # Under Xen 4.14 Linux 5.10 comes up with one of four; that Xen in turn cannot start newer kernels directly.
        cases += (make.as_many_cpus(kernel, name, 4) if suite == "bullseye" else [make.modules(kernel, name, vcpus=4)])
        cases += [make.no_initrd(kernel, suite), make.reboot(kernel, suite)]
    return cases
