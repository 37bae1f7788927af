"""Guests that are destroyed while they write to their disk: the volume can be repaired, and nothing old is lost."""

import re

from rig import Disk, Guest, disk_image

from .case import Case, expect, expect_no_line

NAME = "scribble"
SHORT, FULL = 3, 50
ESP_MIB = 20
OLD_FILES, OLD_BYTES = 8, 100000
# Each guest writes for two seconds at most; the next one goes on with what it left behind.
DESTROY = f"""
count=0
while [ $count -lt COUNT ]; do
    count=$((count + 1))
    [ $count = 1 ] || xl create /guest/guest.cfg
    tries=0
    until [ "$(grep -c 'scribble: begin' /rig/console/guest-{NAME}.log)" -ge $count ]; do
        tries=$((tries + 1))
        [ $tries -lt 300 ] || break 2
        usleep 200000
    done
    usleep $((RANDOM % 2000 * 1000))
    xl destroy {NAME}
    echo destroyed $count
done
"""


def case(firmware, programs, folder, count=SHORT):
    """Return the case of COUNT guests; PROGRAMS is the folder of the EFI programs, the image goes to FOLDER."""
    image = folder / "scribble.img"
    files = {"EFI/BOOT/BOOTX64.EFI": programs / "scribble.efi",
             **{f"OLD/{number}": content for number, content in old_files().items()}}
    disk_image.boot_disk(image, files, ESP_MIB)
    guest = Guest(NAME, "alone", firmware=firmware, cmdline="", memory=64, disks=[Disk(image, "xvda")],
                  timeout=100 + 60 * count, when="scribble: begin", then=DESTROY.replace("COUNT", str(count)))
    return Case(f"destroyed: {count} guests that write", guest, lambda result: check(result, image, count))


def old_files():
    """Return {number: content} of the files that are never written to."""
    return {number: bytes([number]) * OLD_BYTES for number in range(OLD_FILES)}


def check(result, image, count):
    """All guests found the old files, were at work when they were destroyed, and the host can repair what they left."""
    expect(f"destroyed {count}\n" in result.then_log, f"not all guests were destroyed: {result.then_log!r}")
    starts = re.findall("scribble: begin", result.console)
    expect(len(starts) == count, f"{len(starts)} of {count} guests found all old files")
    expect("rounds" in result.console, "no guest wrote anything")
    expect_no_line(result.console, "error")
    volume = disk_image.Volume(image, ESP_MIB)
    problems = volume.repair()
    expect(not problems, f"fsck.fat cannot repair: {problems}")
    for number, content in old_files().items():
        expect(volume.read(f"OLD/{number}") == content, f"OLD/{number} is not what it was")
