"""Boots from the guest's own disks: the removable path on whatever table and medium, and disks that cannot be booted."""


from rig import Disk, Guest, disk_image, initrd, uki
from rig.kernel import Kernel

from . import disks, linux
from .case import Case, expect, expect_line

REMOVABLE = "EFI/BOOT/BOOTX64.EFI"
MARK = "from the ESP"
ESP_MIB = 48
MEMORY = 512
# MiB: there is RAM at all addresses below 4 GiB where other guests have none.
LARGE_MEMORY = 5120
TIMEOUT = 300
SIXTEEN = [f"xvd{chr(ord('a') + number)}" for number in range(16)]


class DiskBoot:
    """Makes the cases; images go to FOLDER."""

    def __init__(self, firmware, efi_programs, folder):
        self._firmware, self._efi, self._folder = firmware, efi_programs, folder
        self._kernel = Kernel("bookworm", "cloud")
        self._initrd = initrd.build(self._kernel)
        self._uki = uki.build(folder / "disk-uki.efi", self._kernel.vmlinuz, self._initrd, "console=hvc0")

    def short_cases(self):
        """Return those that make a quick check."""
        return [self._kernel_case(), self._table("gpt", 4096), self._cdrom(), self._not_bootable()]

    def cases(self):
        """Return all of them."""
        return [*self.short_cases(), self._table("mbr"), self._table("none"), self._sixteen(), self._large_guest(),
                self._qdisk()]

    def _disk(self, name, files, table="gpt", sector=512):
        """Return a new disk whose only partition is an ESP with FILES."""
        image = self._folder / f"{name}.img"
        disk_image.boot_disk(image, files, ESP_MIB, table=table, sector=sector)
        return image

    def _uki_disk(self, name, table="gpt", sector=512):
        """Return a new disk that boots Linux, and tells it so."""
        return self._disk(name, {REMOVABLE: self._uki, "mark": MARK.encode() + b"\n"}, table, sector)

    def _empty(self, name):
        image = self._folder / f"{name}.img"
        image.write_bytes(bytes(disk_image.MIB))
        return image

    def _guest(self, name, guest_disks, cmdline="", memory=MEMORY):
        return Guest(name, "alone", firmware=self._firmware, cmdline=cmdline, disks=guest_disks, memory=memory,
                     timeout=TIMEOUT)

    def _kernel_case(self):
        files = {REMOVABLE: self._kernel.vmlinuz, "initrd.img": self._initrd, "mark": MARK.encode() + b"\n"}
        guest = self._guest("disk-kernel", [Disk(self._empty("first"), "xvda"), Disk(self._disk("kernel", files), "xvdb")],
                            "console=hvc0 initrd=\\initrd.img")

        def check(result):
            expect_line(result.console, "boot: xvda: there is no file system that the firmware can read")
            expect_booted(result, "xvdb1")
            expect("initrd=\\initrd.img" in result.report["cmdline"][0], "the kernel has another command line")
        return Case("disk boot: kernel and initrd on the second disk", guest, check)

    def _table(self, table, sector=512):
        name = f"disk-{table}-{sector}"
        guest = self._guest(name, [Disk(self._uki_disk(name, table, sector), "xvda", sector=sector)])
        part = "xvda" if table == "none" else "xvda1"
        return Case(f"disk boot: UKI, {table}, sectors of {sector} bytes", guest, lambda r: expect_booted(r, part))

    def _cdrom(self):
        image = self._folder / "cd.iso"
        tree = self._folder / "cd"
        tree.mkdir()
        (tree / "mark").write_text(f"{MARK}\n")
        disk_image.fat(tree / "efi.img", {REMOVABLE: self._uki}, ESP_MIB)
        disk_image.cdrom(image, tree, "efi.img")
        # Linux leaves CD-ROMs alone in PVH guests: it sees the disc that comes as a disk.
        guest = self._guest("disk-cd", [Disk(image, "xvda", cdrom=True), Disk(image, "xvdb", "ro")])
        return Case("disk boot: UKI on a CD-ROM", guest, lambda r: expect_booted(r, "xvdb"))

    def _sixteen(self):
        guest_disks = [Disk(self._empty(vdev), vdev) for vdev in SIXTEEN[:-1]]
        guest = self._guest("disk-sixteen", [*guest_disks, Disk(self._uki_disk("last"), SIXTEEN[-1])])
        return Case("disk boot: the last of sixteen", guest, lambda r: expect_booted(r, f"{SIXTEEN[-1]}1"))

    def _large_guest(self):
        guest = self._guest("disk-large", [Disk(self._uki_disk("large"), "xvda")], memory=LARGE_MEMORY)
        return Case(f"disk boot: a guest of {LARGE_MEMORY} MiB", guest,
                    lambda r: expect_booted(r, "xvda1", LARGE_MEMORY))

    def _qdisk(self):
        """The backend is QEMU in dom0."""
        guest = self._guest("disk-qdisk", [Disk(self._uki_disk("qdisk"), "xvda", qdisk=True)])
        return Case("disk boot: UKI, qdisk", guest, lambda r: expect_booted(r, "xvda1"))

    def _not_bootable(self):
        program = (self._efi / "finish.efi").read_bytes()
        images = {"xvda": self._empty("nothing"), "xvdb": self._disk("plain-files", {"readme": b"nothing to boot\n"}),
                  "xvdc": self._disk("no-program", {REMOVABLE: b"MZ is all that is right here\n" * 9}),
                  "xvdd": self._disk("cut-off", {REMOVABLE: program[:-512]}), "xvde": self._empty("dead-disk")}
        guest_disks = [Disk(image, vdev, dead=vdev == "xvde") for vdev, image in images.items()]
        return Case("disk boot: five disks, none bootable", self._guest("disk-none", guest_disks), expect_reasons)


def expect_booted(result, part, memory=MEMORY):
    """Linux came up from the disk, finds its file system there, and no state of the firmware's front ends."""
    linux.expect_efi_boot(result, memory)
    expect(result.report.get(f"mark-{part}") == [MARK], f"no file mark on {part}")
    disks.expect_not_repaired(result)


def expect_reasons(result):
    """A line for each disk says why it was not booted; then the guest ends as a crash."""
    expect(result.end == "crash", f"the guest ended by {result.end}, not by a crash")
    for line in ("warning: disk device/vbd/51776: the backend does not connect (-110)",
                 "boot: xvda: there is no file system that the firmware can read",
                 "boot: xvdb1: there is no \\EFI\\BOOT\\BOOTX64.EFI",
                 "error: boot: xvdc1: \\EFI\\BOOT\\BOOTX64.EFI was not loaded: EFI_",
                 "error: boot: xvdd1: \\EFI\\BOOT\\BOOTX64.EFI was not loaded: EFI_",
                 "error: boot: no module to boot, and no disk"):
        expect_line(result.console, line)
