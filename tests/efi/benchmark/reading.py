"""A guest in which the program reads.efi reads from its disks through a firmware, and what it told."""

import re
from pathlib import Path

from rig import Disk, Guest, disk_image

MIB = 2**20
FILE_MIB, ESP_MIB = 64, 80
REMOVABLE = "EFI/BOOT/BOOTX64.EFI"
# What the program calls it, what people call it; each on a disk of its own.
FILE, SMALL_CALLS = "xvda", "xvdb"
WAYS = {FILE: ("file", "a file of 64 MiB in one call"), SMALL_CALLS: ("4 KiB", "BlockIo, 4 KiB a call"),
        "xvdc": ("64 KiB", "BlockIo, 64 KiB a call"), "xvdd": ("1 MiB", "BlockIo, 1 MiB a call")}
FIRST_MINOR = 51712
TIMEOUT = 900
STATISTICS = 'for disk in /sys/bus/xen-backend/devices/vbd-*; do echo "${disk##*-} $(cat "$disk/statistics/rd_req")"; done'


def image(folder, program):
    """Make a disk with the PROGRAM and what it reads, in FOLDER."""
    path = Path(folder) / "reads.img"
    disk_image.boot_disk(path, {REMOVABLE: program, "64m.bin": bytes(range(256)) * (FILE_MIB * MIB // 256)}, ESP_MIB)
    return path


def disks(path):
    """Return the image as the disks that are read."""
    return [Disk(path, vdev, "ro") for vdev in WAYS]


def guest(name, firmware, guest_disks):
    """Return a guest that boots from the first of its disks, and whose requests dom0 counts when the reads are done."""
    return Guest(name, "alone", firmware=firmware, cmdline="", **common(guest_disks))


def common(guest_disks):
    """Return what all guests that read have in common."""
    return {"memory": 512, "timeout": TIMEOUT, "disks": guest_disks, "when": "reads: end", "then": STATISTICS}


def requests(result):
    """Return the requests that the backend counted, by disk."""
    found = re.findall(r"^(\d+) (\d+)$", result.then_log, re.M)
    return {f"xvd{chr(ord('a') + (int(minor) - FIRST_MINOR) // 16)}": int(count) for minor, count in found}


def speed(console, disk):
    """Return MiB/s, None when the read failed."""
    found = re.search(rf"reads: {WAYS[disk][0]}: MiB (\d+) ns (\d+)", console)
    return int(found[1]) / int(found[2]) * 1e9 if found else None
