"""Debian's own boot loaders on a guest's disk: each finds kernel and root file system, and Debian's systemd runs there."""

from rig import Disk, Guest, disk_image, ext4
from rig.debian import Suite
from rig.debian_root import CMDLINE, INIT, ROOT_MIB, WRITTEN, DebianRoot

from . import disks, linux
from .case import Case, expect
from .disk_boot import MARK, REMOVABLE

SUITE = "bookworm"
SHIM = ("shim-signed", "usr/lib/shim/shimx64.efi.signed")
MOK_MANAGER = ("shim-helpers-amd64-signed", "usr/lib/shim/mmx64.efi.signed")
GRUB = ("grub-efi-amd64-signed", "usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed")
SYSTEMD_BOOT = ("systemd-boot-efi", "usr/lib/systemd/boot/efi/systemd-bootx64.efi")
ESP_MIB = 40
MEMORY = 512
TIMEOUT = 300
# What grub-install writes.
GRUB_CONFIG = f"""\
search.fs_uuid {ext4.ROOT} root
set prefix=($root)'/boot/grub'
configfile $prefix/grub.cfg
""".encode()
DOWN = "\x1b[B"
# Without systemd's twenty seconds.
SHORT_CMDLINE = f"{CMDLINE} {INIT}"
LOADER_ENTRY = f"""\
title Debian GNU/Linux
linux /debian/vmlinuz
initrd /debian/initrd.img
options {SHORT_CMDLINE}
""".encode()


def binary(package, path):
    """Return the file PATH of Debian's PACKAGE."""
    return Suite(SUITE).packages(package, keep=package).find(path)


class LoaderBoot:
    """Makes the cases; images go to FOLDER."""

    def __init__(self, firmware, folder):
        self._firmware, self._folder = firmware, folder
        self._root = DebianRoot()

    def short_cases(self):
        """Return those that make a quick check."""
        return [self._shim(), self._systemd_boot()]

    def cases(self):
        """Return all of them."""
        return self.short_cases()

    def _case(self, name, files, table="gpt", sector=512, init="report", words="", **more):
        """Return the case of a disk with an ESP with FILES and the root file system."""
        esp, image = self._folder / f"{name}.fat", self._folder / f"{name}.img"
        disk_image.fat(esp, {**files, "mark": f"{MARK}\n".encode()}, ESP_MIB, sector)
        disk_image.disk(image, [(esp, True), (self._root.image, False)], table, sector)
        guest = Guest(name, "alone", firmware=self._firmware, cmdline="", memory=MEMORY, timeout=TIMEOUT,
                      disks=[Disk(image, "xvda", sector=sector)], **more)
        return Case(f"loader boot: {name}", guest, lambda result: expect_debian(result, image, init, words))

    def _shim(self):
        files = {REMOVABLE: binary(*SHIM), "EFI/BOOT/grubx64.efi": binary(*GRUB), "EFI/BOOT/mmx64.efi": binary(*MOK_MANAGER),
                 "EFI/debian/grub.cfg": GRUB_CONFIG}
        return self._case("shim-grub", files, init="systemd", words="chosen", typing=[("Debian GNU/Linux, chosen", DOWN + "\r")])

    def _systemd_boot(self):
        files = {REMOVABLE: binary(*SYSTEMD_BOOT), "loader/loader.conf": b"timeout 20\n", "loader/entries/debian.conf": LOADER_ENTRY,
                 "debian/vmlinuz": self._root.kernel, "debian/initrd.img": self._root.initrd}
        return self._case("systemd-boot", files, typing=[("Debian GNU/Linux", "\r")])


def expect_debian(result, image, init, words):
    """Debian came up from the disk, and what it wrote is there; its kernel found the disk as new."""
    linux.expect_efi_boot(result, MEMORY)
    report = result.report
    expect(words in report["cmdline"][0], f"the kernel has another command line: {report['cmdline']}")
    expect(report.get("mark-xvda1") == [MARK], "no file mark on the EFI system partition")
    expect(report.get("init") == [init], f"the first process is {report.get('init')}, not {init}")
    expect(report["root"][0].startswith("/dev/xvda2 / ext4 rw"), f"the root file system is {report['root']}")
    expect(len(report["sum"]) == 2 and all(line.endswith(": OK") for line in report["sum"]), f"files: {report['sum']}")
    disks.expect_not_repaired(result)
    expect_written(image)


def expect_written(image):
    """The root file system is whole, and holds what the guest wrote."""
    root = image.with_suffix(".root")
    with open(image, "rb") as disk:
        disk.seek((1 + ESP_MIB) * disk_image.MIB)
        root.write_bytes(disk.read(ROOT_MIB * disk_image.MIB))
    problems = ext4.problems(root)
    expect(not problems, f"e2fsck: {problems}")
    expect(ext4.read(root, WRITTEN).strip().isdigit(), "what the guest wrote is not on the disk")
    root.unlink()
