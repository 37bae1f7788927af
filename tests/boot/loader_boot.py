"""Debian's own boot loaders on a guest's disk: each finds kernel and root file system, and Debian runs there."""

from rig import Disk, Guest, command, disk_image, ext4, uki
from rig.debian import Suite
from rig.debian_root import CMDLINE, GRUB_MENU, INIT, ROOT_MIB, WRITTEN, DebianRoot

from . import disks, linux
from .case import Case, expect, expect_line
from .disk_boot import MARK, REMOVABLE

SUITE = "bookworm"
SHIM = ("shim-signed", "usr/lib/shim/shimx64.efi.signed")
MOK_MANAGER = ("shim-helpers-amd64-signed", "usr/lib/shim/mmx64.efi.signed")
FALLBACK = ("shim-helpers-amd64-signed", "usr/lib/shim/fbx64.efi.signed")
GRUB = ("grub-efi-amd64-signed", "usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed")
SYSTEMD_BOOT = ("systemd-boot-efi", "usr/lib/systemd/boot/efi/systemd-bootx64.efi")
ESP_MIB = 40
ROOT_OFFSET = (1 + ESP_MIB) * disk_image.MIB
ROOM_TO_GROW_MIB = 64
MEMORY = 512
TIMEOUT = 300
# What grub-install writes.
GRUB_CONFIG = f"""\
search.fs_uuid {ext4.ROOT} root
set prefix=($root)'/boot/grub'
configfile $prefix/grub.cfg
""".encode()
FALLBACK_TABLE = "shimx64.efi,debian,,This is the boot entry for debian\n".encode("utf-16")
# What Debian's installer puts into the EFI image of its discs.
DISC_GRUB_CONFIG = b"""\
search --file --set=root /.disk/info
set prefix=($root)/boot/grub
configfile $prefix/grub.cfg
"""
MENU_TYPING = [("Debian GNU/Linux, report only", "\x1b[B\r")]
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
        return [*self.short_cases(), self._uki(), self._kernel(), self._grub("mbr", 512), self._grub("gpt", 4096),
                self._qcow2(), self._disc()]

    def _image(self, name, files, table="gpt", sector=512):
        """Return a new disk with an ESP with FILES and the root file system."""
        image = self._folder / f"{name}.img"
        disk_image.boot_disk(image, _marked(files), ESP_MIB, [self._root.image], table, sector)
        return image

    def _case(self, name, files, table="gpt", sector=512, init="report", typing=(), cmdline=""):
        """Return the case of such a disk."""
        guest_name = name.replace(", ", "-").replace(" ", "-")
        image = self._image(guest_name, files, table, sector)

        def check(result):
            expect_debian(result, init, "xvda1", "xvda2")
            expect_written(image, ROOT_OFFSET)
        guest = self._guest(guest_name, [Disk(image, "xvda", sector=sector)], typing, cmdline)
        return Case(f"loader boot: {name}", guest, check)

    def _guest(self, name, guest_disks, typing=(), cmdline=""):
        return Guest(name, "alone", firmware=self._firmware, cmdline=cmdline, memory=MEMORY, timeout=TIMEOUT,
                     disks=guest_disks, typing=list(typing))

    @staticmethod
    def _grub_files(config=GRUB_CONFIG):
        """Shim and GRUB at the removable path."""
        return {REMOVABLE: binary(*SHIM), "EFI/BOOT/grubx64.efi": binary(*GRUB), "EFI/debian/grub.cfg": config}

    def _shim(self):
        """As Debian installs it, on a machine that does not know it: shim's fallback makes a Boot#### variable and goes on."""
        files = {REMOVABLE: binary(*SHIM), "EFI/BOOT/fbx64.efi": binary(*FALLBACK), "EFI/BOOT/mmx64.efi": binary(*MOK_MANAGER),
                 "EFI/debian/shimx64.efi": binary(*SHIM), "EFI/debian/grubx64.efi": binary(*GRUB),
                 "EFI/debian/grub.cfg": GRUB_CONFIG, "EFI/debian/BOOTX64.CSV": FALLBACK_TABLE}
        return self._case("shim, fallback, GRUB and systemd", files, init="systemd", typing=[("Debian GNU/Linux", "\r")])

    def _grub(self, table, sector):
        return self._case(f"GRUB, {table}, sectors of {sector} bytes", self._grub_files(), table, sector, typing=MENU_TYPING)

    def _systemd_boot(self):
        files = {REMOVABLE: binary(*SYSTEMD_BOOT), "loader/loader.conf": b"timeout 20\n", "loader/entries/debian.conf": LOADER_ENTRY,
                 "debian/vmlinuz": self._root.kernel, "debian/initrd.img": self._root.initrd}
        return self._case("systemd-boot", files, typing=[("Debian GNU/Linux", "\r")])

    def _unified(self):
        return uki.build(self._folder / "root-uki.efi", self._root.kernel, self._root.initrd, SHORT_CMDLINE)

    def _uki(self):
        return self._case("UKI", {REMOVABLE: self._unified()})

    def _kernel(self):
        """The kernel itself at the removable path, with its initrd on the same partition."""
        return self._case("kernel", {REMOVABLE: self._root.kernel, "initrd.img": self._root.initrd},
                          cmdline=f"{SHORT_CMDLINE} initrd=\\initrd.img")

    def _qcow2(self):
        """An image that not dom0's Linux serves but its QEMU."""
        raw, image = self._image("qcow2", {REMOVABLE: self._unified()}), self._folder / "disk.qcow2"
        command.run("qemu-img", "convert", "-O", "qcow2", raw, image)
        with open(image, "r+b") as file:
            # dom0 sees it as a disk, which does not grow by itself.
            file.truncate(image.stat().st_size + ROOM_TO_GROW_MIB * disk_image.MIB)

        def check(result):
            expect_debian(result, "report", "xvda1", "xvda2")
            command.run("qemu-img", "convert", "-O", "raw", image, raw)
            expect_written(raw, ROOT_OFFSET)
        guest = self._guest("qcow2", [Disk(image, "xvda", format="qcow2")])
        return Case("loader boot: UKI on a disk in qcow2 format", guest, check)

    def _disc(self):
        """An installer's disc, and the root file system on a disk without a partition table."""
        tree, image, root = (self._folder / name for name in ("disc", "disc.iso", "disc-root.img"))
        for name, source in {"boot/vmlinuz": self._root.kernel, "boot/initrd.img": self._root.initrd}.items():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            (tree / name).write_bytes(source.read_bytes())
        for name, text in {".disk/info": "pvhefi", "boot/grub/grub.cfg": GRUB_MENU, "mark": f"{MARK}\n"}.items():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            (tree / name).write_text(text)
        disk_image.fat(tree / "boot/grub/efi.img", _marked(self._grub_files(DISC_GRUB_CONFIG)), ESP_MIB)
        disk_image.cdrom(image, tree, "boot/grub/efi.img")
        root.write_bytes(self._root.image.read_bytes())
        guest = self._guest("disc", [Disk(root, "xvda"), Disk(image, "xvdb", cdrom=True), Disk(image, "xvdc", "ro")], MENU_TYPING)

        def check(result):
            expect_line(result.console, "boot: xvda: there is no file system that the firmware can read")
            expect_debian(result, "report", "xvdc", "xvda")
            expect_written(root, 0)
        return Case("loader boot: GRUB on a CD-ROM", guest, check)


def _marked(files):
    return {**files, "mark": f"{MARK}\n".encode()}


def expect_debian(result, init, marked, root):
    """Debian came up from its root file system, and its kernel found the disks as new."""
    linux.expect_efi_boot(result, MEMORY)
    report = result.report
    expect(report.get(f"mark-{marked}") == [MARK], f"no file mark on {marked}")
    expect(report.get("init") == [init], f"the first process is {report.get('init')}, not {init}")
    expect(report["root"][0].startswith(f"/dev/{root} / ext4 rw"), f"the root file system is {report['root']}")
    expect(len(report["sum"]) == 2 and all(line.endswith(": OK") for line in report["sum"]), f"files: {report['sum']}")
    disks.expect_not_repaired(result)


def expect_written(image, offset):
    """The root file system OFFSET bytes into IMAGE is whole, and holds what the guest wrote."""
    root = image.with_suffix(".root")
    with open(image, "rb") as disk:
        disk.seek(offset)
        root.write_bytes(disk.read(ROOT_MIB * disk_image.MIB))
    problems = ext4.problems(root)
    expect(not problems, f"e2fsck: {problems}")
    expect(ext4.read(root, WRITTEN).strip().isdigit(), "what the guest wrote is not on the disk")
    root.unlink()
