"""What the contenders boot: the same files for each of them."""

import random

from rig import cache, command, disk_image, uki
from rig.cpio import Cpio
from rig.kernel import Kernel

from . import HERE

REMOVABLE = "EFI/BOOT/BOOTX64.EFI"
CMDLINE = "console=hvc0 earlyprintk=xen"
MIB = 2**20
ESP_SLACK_MIB = 8


class Payloads:
    """Builds files in FOLDER; INITRD_MIB of the initrd is ballast that does not compress."""

    def __init__(self, folder, efi_programs, initrd_mib=0):
        self._folder = folder
        self.kernel = Kernel("bookworm", "cloud")
        self.mark = efi_programs / "mark.efi"
        self.initrd = folder / f"initrd-{initrd_mib}.img"
        self.initrd.write_bytes(_initrd(initrd_mib))
        self.uki = uki.build(folder / f"uki-{initrd_mib}.efi", self.kernel.vmlinuz, self.initrd, CMDLINE)

    def vmlinux(self):
        """Return the kernel as Xen boots it without firmware."""
        return self.kernel.vmlinux()

    def padded_mark(self):
        """Return an EFI program as large as the UKI, which only says that it was started."""
        path = self._folder / "padded-mark.efi"
        content = self.mark.read_bytes()
        path.write_bytes(content + bytes(self.uki.stat().st_size - len(content)))
        return path

    def disk(self, program):
        """Return a GPT disk whose ESP has PROGRAM at the removable path."""
        esp, disk = self._folder / f"{program.stem}.esp", self._folder / f"{program.stem}.img"
        disk_image.fat(esp, {REMOVABLE: program}, program.stat().st_size // MIB + ESP_SLACK_MIB)
        disk_image.disk(disk, [(esp, True)])
        return disk


def _initrd(ballast_mib):
    archive = Cpio()
    archive.add_folder("dev")
    archive.add_program("init", _mark_init())
    if ballast_mib:
        archive.add("ballast", _noise(ballast_mib * MIB))
    return archive.pack()


def _mark_init():
    source = HERE / "mark_init.c"
    path = cache.root() / "built" / f"mark-init-{cache.fingerprint(source)}"
    return cache.once(path, lambda new: command.run("gcc", "-Os", "-static", "-o", new, source))


def _noise(size):
    """Return SIZE bytes without order, the same in each run."""
    return random.Random(1).randbytes(size)
