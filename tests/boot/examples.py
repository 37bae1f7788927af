"""The files of examples/: xl boots them, given nothing but the places of what they name."""

from dataclasses import dataclass
from pathlib import Path

from rig import Disk, Guest, disk_image, initrd, uki
from rig.kernel import Kernel

from . import linux
from .case import Case, expect
from .disk_boot import ESP_MIB, MARK, REMOVABLE, expect_booted

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
# What each of them says of the guest.
MEMORY, CMDLINE = 1024, "root=/dev/xvda1 console=hvc0"
TIMEOUT = 300
FIRMWARE = "/usr/lib/xen/boot/pvhefi.elf"
PRESERVE = "".join(f'on_{end} = "preserve"\n' for end in ("poweroff", "crash", "watchdog"))


@dataclass
class ExampleGuest(Guest):
    """What xl makes of the file `example`, with PLACES {in the file: in dom0}."""

    example: str = ""
    places: tuple = ()

    def config(self):
        """Return the file's text, and that the rig wants to look at the guest afterwards."""
        text = (EXAMPLES / self.example).read_text()
        for there, here in {FIRMWARE: "/guest/firmware", '"guest"': f'"{self.name}"', **dict(self.places)}.items():
            if there not in text:
                raise ValueError(f"{self.example} does not have {there}")
            text = text.replace(there, here)
        return text + PRESERVE


class Examples:
    """Makes the cases; images go to FOLDER."""

    def __init__(self, firmware, folder):
        self._firmware, self._folder = firmware, folder
        self._kernel = Kernel("bookworm", "cloud")
        self._initrd = initrd.build(self._kernel)

    def cases(self):
        """Return one for each file."""
        cases = {"kernel-and-initrd.cfg": self._modules, "efi-image.cfg": self._image, "kernel.cfg": self._alone,
                 "disk.cfg": self._disk}
        expect(set(cases) == {path.name for path in EXAMPLES.iterdir()}, "there are other examples")
        return [make(name) for name, make in cases.items()]

    def _guest(self, example, mode, places, **more):
        return ExampleGuest(f"example-{Path(example).stem}", mode, firmware=self._firmware, memory=MEMORY, timeout=TIMEOUT,
                            example=example, places=tuple(places.items()), **more)

    def _uki(self, name):
        return uki.build(self._folder / f"example-{name}.efi", self._kernel.vmlinuz, self._initrd, CMDLINE)

    def _modules(self, example):
        guest = self._guest(example, "modules", {"/path/to/vmlinuz": "/guest/kernel", "/path/to/initrd.img": "/guest/initrd"},
                            kernel=self._kernel.vmlinuz, initrd=self._initrd)
        return Case(f"examples: {example}", guest, lambda r: linux.expect_efi_boot(r, MEMORY, cmdline=CMDLINE))

    def _image(self, example):
        guest = self._guest(example, "module", {"/path/to/uki.efi": "/guest/image"}, image=self._uki("image"))
        return Case(f"examples: {example}", guest, lambda r: linux.expect_efi_boot(r, MEMORY, cmdline="console=hvc0"))

    def _alone(self, example):
        """Debian's kernel has no driver for the disk without its initrd."""
        guest = self._guest(example, "module", {"/path/to/vmlinuz": "/guest/image"}, image=self._kernel.vmlinuz)
        return Case(f"examples: {example}", guest, linux.expect_no_root)

    def _disk(self, example):
        image = self._folder / "example.img"
        disk_image.boot_disk(image, {REMOVABLE: self._uki("disk"), "mark": f"{MARK}\n".encode()}, ESP_MIB)
        disk = Disk(image, "xvda")
        guest = self._guest(example, "alone", {}, disks=[disk])
        guest.places = (("/dev/vg/guest", f"/dev/rig/{disk.serial(guest.name)}"),)
        return Case(f"examples: {example}", guest, lambda r: expect_booted(r, "xvda1", MEMORY))
