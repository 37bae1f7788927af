"""What the contenders boot: the same files for each of them."""

import random
import shutil

from rig import cache, command, disk_image, uki
from rig.cpio import Cpio
from rig.debian import Suite
from rig.kernel import Kernel

from . import HERE

REMOVABLE = "EFI/BOOT/BOOTX64.EFI"
CMDLINE = "console=hvc0 earlyprintk=xen"
MIB = 2**20
ESP_SLACK_MIB = 8
# As Debian installs them. Bookworm's GRUB waits for half an hour for a timer that PVH guests do not have.
SUITE = "trixie"
SHIM = ("shim-signed", "usr/lib/shim/shimx64.efi.signed")
GRUB = ("grub-efi-amd64-signed", "usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed")
GRUB_ESP_MIB = 34
# What grub-install leaves on the EFI system partition, and a menu without a wait.
GRUB_STUB = b"search --file --set=root /boot/grub/grub.cfg\nset prefix=($root)/boot/grub\nconfigfile $prefix/grub.cfg\n"
GRUB_MENU = f"linux /boot/vmlinuz {CMDLINE}\ninitrd /boot/initrd.img\nboot\n"


class Payloads:
    """Builds files in FOLDER; INITRD_MIB of the initrd is ballast that does not compress."""

    def __init__(self, folder, efi_programs, initrd_mib=0):
        self.folder = folder
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
        path = self.folder / "padded-mark.efi"
        content = self.mark.read_bytes()
        path.write_bytes(content + bytes(self.uki.stat().st_size - len(content)))
        return path

    def disk(self, program):
        """Return a GPT disk whose ESP has PROGRAM at the removable path."""
        disk = self.folder / f"{program.stem}.img"
        if not disk.exists():
            disk_image.boot_disk(disk, {REMOVABLE: program}, program.stat().st_size // MIB + ESP_SLACK_MIB)
        return disk

    def grub_disk(self):
        """Return a GPT disk with shim and GRUB, and kernel and initrd on ext4."""
        disk = self.folder / "grub.img"
        if not disk.exists():
            root = self.folder / "grub.ext4"
            disk_image.ext4(root, self._root_tree(), self.uki.stat().st_size // MIB + 2 * ESP_SLACK_MIB)
            disk_image.boot_disk(disk, {REMOVABLE: _debian(*SHIM), "EFI/BOOT/grubx64.efi": _debian(*GRUB),
                                        "EFI/debian/grub.cfg": GRUB_STUB}, GRUB_ESP_MIB, [root])
        return disk

    def _root_tree(self):
        boot = self.folder / "grub-root/boot"
        (boot / "grub").mkdir(parents=True)
        shutil.copy(self.kernel.vmlinuz, boot / "vmlinuz")
        shutil.copy(self.initrd, boot / "initrd.img")
        (boot / "grub/grub.cfg").write_text(GRUB_MENU)
        return boot.parent


def _debian(package, path):
    return Suite(SUITE).packages(package, keep=package).find(path)


def _initrd(ballast_mib):
    archive = Cpio()
    for folder in ("dev", "proc"):
        archive.add_folder(folder)
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
