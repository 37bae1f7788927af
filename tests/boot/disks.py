"""PV disks: read and written through UEFI, damaged, dead or pulled, and handed to Linux as new."""

import re
import struct

from rig import Disk, Guest, initrd
from rig.kernel import Kernel

from . import linux
from .case import Case, expect, expect_line

SECTOR, MIB = 512, 2**20
# What the program disks.efi writes.
WRITTEN = range(64, 192)
WRITE_MARK = 1 << 63
TIMEOUT = 240
TOOLSTACK_PORTS, TOOLSTACK_GRANTS = 2, 8


class Disks:
    """Makes the cases; images go to FOLDER."""

    def __init__(self, firmware, efi_programs, folder):
        self._firmware, self._program, self._folder = firmware, efi_programs / "disks.efi", folder

    def cases(self):
        """Return all of them."""
        return [self._good(), self._bad(), self._pulled(), self._linux()]

    def _numbered(self, name):
        """Return a new image of which each sector holds its number 64 times."""
        image = self._folder / f"{name}.img"
        image.write_bytes(b"".join(sector(number) for number in range(8 * MIB // SECTOR)))
        return image

    def _guest(self, name, disks, cmdline="", **more):
        return Guest(name, "module", image=self._program, firmware=self._firmware, cmdline=cmdline, disks=disks,
                     timeout=TIMEOUT, **more)

    def _good(self):
        disks = [Disk(self._numbered("plain"), "xvda"), Disk(self._numbered("large"), "xvdb", sector=4096),
                 Disk(self._numbered("protected"), "xvdc", "ro"), Disk(self._numbered("cd"), "xvdd", cdrom=True)]
        return Case("disks: read and written", self._guest("disks", disks),
                    lambda r: expect_good(r, [disk.image for disk in disks]))

    def _bad(self):
        disks = [Disk(self._numbered("dead"), "xvda", dead=True),
                 Disk(self._numbered("half"), "xvdb", bad_offset=2 * MIB), Disk(self._numbered("whole"), "xvdc")]
        return Case("disks: one dead, one that cannot be read", self._guest("bad-disks", disks), expect_bad)

    def _pulled(self):
        disks = [Disk(self._numbered("stays"), "xvda"), Disk(self._numbered("goes"), "xvdb")]
        guest = self._guest("pulled", disks, "pull", when="waiting for a disk to go",
                            then="xl block-detach pulled xvdb && echo detached")
        return Case("disks: one is pulled", guest, expect_pulled)

    def _linux(self):
        kernel = Kernel("bookworm", "cloud")
        disks = [Disk(self._numbered("first"), "xvda"), Disk(self._numbered("second"), "xvdb", "ro", 4096)]
        guest = Guest("disks-linux", "modules", kernel.vmlinuz, initrd.build(kernel), firmware=self._firmware,
                      disks=disks, timeout=TIMEOUT)
        return Case("disks: Linux attaches", guest, expect_attached)


def sector(number):
    """Return a sector that is full of its number."""
    return struct.pack("<Q", number) * (SECTOR // 8)


def expect_image(image, written):
    """The image holds what it was made of, but for what the program wrote, if it did."""
    content = image.read_bytes()
    for number in range(len(content) // SECTOR):
        expected = sector(number | WRITE_MARK if written and number in WRITTEN else number)
        expect(content[number * SECTOR:][:SECTOR] == expected, f"{image.name}: sector {number} is wrong")


def expect_good(result, images):
    """The program found no fault with four disks, and the host finds what it wrote."""
    expect_handed_over(result)
    expect_line(result.console, "disks: 4 tested, 0 failures")
    for number, blocks in enumerate(("16384 blocks of 512 bytes (physical 512), cached",
                                     "2048 blocks of 4096 bytes (physical 4096), cached",
                                     "16384 blocks of 512 bytes (physical 512), read-only",
                                     "16384 blocks of 512 bytes (physical 512), read-only, removable")):
        expect_line(result.console, f"disk {number}: {blocks}")
    for number, image in enumerate(images):
        expect_image(image, written=number < 2)


def expect_bad(result):
    """Each bad disk is an error of its own, the good one is not disturbed."""
    expect_handed_over(result)
    expect_line(result.console, "warning: disk device/vbd/51712: the backend does not connect (-110)")
    expect_line(result.console, "disk 0: first blocks: FAILED, Device Error")
    expect_line(result.console, "disk 0: last block: ok")
    good = re.findall(r"^disk 1: .*: ok$", result.console, re.M)
    expect(len(good) > 10 and "disk 1: FAILED" not in result.console, f"the good disk: {good}")


def expect_pulled(result):
    """The program sees the medium go, and the other disk still works."""
    expect_handed_over(result)
    expect_line(result.console, "disk 1: gone: ok")
    expect_line(result.console, "disks: 2 tested, 0 failures")
    expect("51728" not in result.remains, "xenstore still holds the disk that was pulled")


def expect_attached(result):
    """Linux has both disks."""
    linux.expect_efi_boot(result, 512)
    expect(result.report["disk"] == ["xvda 16384 0 512 512", "xvdb 16384 1 4096 4096"],
           f"Linux sees the disks {result.report['disk']}")
    expect_not_repaired(result)


def expect_not_repaired(result):
    """Linux found its disks as new. It waits five seconds for each that it has to repair."""
    repairs = [line for line in result.report["blkfront"] if "XENBUS" in line]
    expect(not repairs, f"Linux had to repair: {repairs}")


def expect_handed_over(result):
    """After ExitBootServices the host sees nothing of what the firmware used."""
    expect(result.end == "poweroff", f"the guest ended by {result.end}, not by power-off")
    for path, state in re.findall(r"(\S+/vbd/\S*/?\d+)/state = \"(\d)\"", result.remains):
        wanted = "2" if "/backend/" in path else "1"
        expect(state == wanted, f"{path} is in state {state}, not {wanted}")
    for key in ("ring-ref", "event-channel", "protocol", "ring-page-order"):
        found = re.findall(rf"device/vbd/\d+/{key}\S*", result.remains)
        expect(not found, f"left in xenstore: {found}")
    log = "\n".join(result.xen_log)
    domain = result.domids[0]
    ports = section(log, f"Event channel information for domain {domain}:", "gnttab_usage_print_all")
    ports = re.findall(r"^\(XEN\) \[[^]]*\] +(\d+) \[", ports, re.M)
    expect(len(ports) == TOOLSTACK_PORTS, f"event channels left open: {ports}")
    grants = section(log, f"grant-table for remote d{domain}", "gnttab_usage_print_all ]")
    grants = [int(ref, 16) for ref in re.findall(r"\[(0x[0-9a-f]+)\]", grants)]
    expect(all(ref < TOOLSTACK_GRANTS for ref in grants), f"grants in use: {grants}")


def section(log, begin, end):
    """Return the lines of LOG between those that contain BEGIN and END."""
    expect(begin in log, f"Xen's log has no {begin!r}")
    return log.split(begin, 1)[1].split(end, 1)[0]
