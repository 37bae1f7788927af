"""Who is compared, and the guests in which each of them is timed."""

from dataclasses import dataclass
from pathlib import Path

from rig import Disk, Guest
from rig.debian import Suite

from .marked_elf import MarkedElf
from .payloads import CMDLINE
from .timeline import START

TIMEOUT = 900
# GRUB as a PVH kernel: no firmware, and the only other way to a kernel on the guest's own disk.
GRUB_PVH = ("trixie", "grub-xen-host", "usr/lib/grub-xen/grub-i386-xen_pvh.bin")
GRUB_PVH_PARTS = "grub-xen-host|grub-xen-bin"


@dataclass
class Contender:
    """A way to boot: NAME for people, and the PVH kernel FIRMWARE."""

    name: str
    firmware: Path

    def image_bytes(self):
        """Return the size of what Xen loads."""
        return Path(self.firmware).stat().st_size


def grub_pvh():
    """Return Debian's GRUB as a contender: it starts kernels, no EFI programs."""
    suite, package, path = GRUB_PVH
    return Contender("GRUB (xen_pvh)", Suite(suite).packages(package, keep=GRUB_PVH_PARTS).find(path))


class Guests:
    """Makes guests of PAYLOADS on a MACHINE; marked firmware goes to FOLDER."""

    def __init__(self, payloads, machine, folder):
        self._payloads, self._folder = payloads, folder
        self._common = {"memory": machine.memory, "vcpus": machine.vcpus, "timeout": TIMEOUT}

    def direct(self):
        """Xen starts the unpacked kernel."""
        kernel = self._marked("vmlinux", self._payloads.vmlinux())
        return Guest("direct", "direct", kernel, self._payloads.initrd, cmdline=CMDLINE, **self._common)

    def modules(self, contender):
        """The firmware gets kernel and initrd from the toolstack, and says when it enters the kernel."""
        return Guest(f"modules-{_word(contender)}", "modules", self._payloads.kernel.vmlinuz, self._payloads.initrd,
                     firmware=self._firmware(contender), firmware_cmdline="pvhefi.log=debug", cmdline=CMDLINE,
                     **self._common)

    def module(self, contender, program):
        """The firmware gets PROGRAM from the toolstack."""
        return self._module(f"module-{_word(contender)}-{program.stem}", contender, program)

    def logged_module(self, contender, program):
        """The same, and what pvhefi prints is in Xen's log."""
        return self._module(f"logged-{_word(contender)}", contender, program, firmware_cmdline="pvhefi.console=xen")

    def disk(self, contender, program, **more):
        """The firmware finds PROGRAM on the guest's disk."""
        return self._alone(f"disk-{_word(contender)}-{program.stem}", contender, self._payloads.disk(program), **more)

    def grub_disk(self, contender):
        """The firmware finds shim and GRUB, or GRUB itself finds its menu, on a disk with a kernel."""
        return self._alone(f"grub-{_word(contender)}", contender, self._payloads.grub_disk())

    def _module(self, name, contender, program, **more):
        return Guest(name, "module", image=program, firmware=self._firmware(contender), cmdline="", **self._common, **more)

    def _alone(self, name, contender, image, **more):
        return Guest(name, "alone", firmware=self._firmware(contender), cmdline="", disks=[Disk(image, "xvda", "ro")],
                     **self._common, **more)

    def _firmware(self, contender):
        return self._marked(_word(contender), Path(contender.firmware).read_bytes())

    def _marked(self, name, content):
        path = self._folder / f"{name}.marked"
        path.write_bytes(MarkedElf(content, START).bytes())
        return path


def _word(contender):
    """Return a name without spaces."""
    return "".join(letter for letter in contender.name if letter.isalnum())
