"""Who is compared, and the guests in which each of them is timed."""

from dataclasses import dataclass
from pathlib import Path

from rig import Disk, Guest

from .marked_elf import MarkedElf
from .payloads import CMDLINE
from .timeline import START

TIMEOUT = 900


@dataclass
class Contender:
    """A way to boot: NAME for people, the PVH kernel FIRMWARE (None: the guest's kernel itself)."""

    name: str
    firmware: Path


class Guests:
    """Makes guests of PAYLOADS for contenders; marked firmware goes to FOLDER."""

    def __init__(self, payloads, folder):
        self._payloads, self._folder = payloads, folder

    def direct(self, memory, vcpus):
        """Xen starts the unpacked kernel."""
        kernel = self._marked("vmlinux", self._payloads.vmlinux())
        return Guest(f"direct-{memory}-{vcpus}", "direct", kernel, self._payloads.initrd,
                     cmdline=CMDLINE, memory=memory, vcpus=vcpus, timeout=TIMEOUT)

    def modules(self, contender, memory, vcpus):
        """The firmware gets kernel and initrd from the toolstack."""
        return Guest(f"modules-{contender.name}-{memory}-{vcpus}", "modules", self._payloads.kernel.vmlinuz,
                     self._payloads.initrd, firmware=self._firmware(contender),
                     cmdline=CMDLINE, memory=memory, vcpus=vcpus, timeout=TIMEOUT)

    def module(self, contender, program, memory, vcpus):
        """The firmware gets PROGRAM from the toolstack."""
        return Guest(f"module-{contender.name}-{program.stem}-{memory}-{vcpus}", "module", image=program,
                     firmware=self._firmware(contender), cmdline="", memory=memory, vcpus=vcpus, timeout=TIMEOUT)

    def disk(self, contender, program, memory, vcpus):
        """The firmware finds PROGRAM on the guest's disk."""
        disk = Disk(self._payloads.disk(program), "xvda", "ro")
        return Guest(f"disk-{contender.name}-{program.stem}-{memory}-{vcpus}", "alone",
                     firmware=self._firmware(contender), cmdline="", disks=[disk], memory=memory, vcpus=vcpus,
                     timeout=TIMEOUT)

    def _firmware(self, contender):
        return self._marked(contender.name, Path(contender.firmware).read_bytes())

    def _marked(self, name, content):
        path = self._folder / f"{name}.marked"
        path.write_bytes(MarkedElf(content, START).bytes())
        return path
