"""What the firmware offers to an EFI program on a disk, under Xen: as it is known to, and nothing else."""

from compare.properties import XEN, changes, known, properties
from compare.survey import Survey
from rig import Disk, Guest, disk_image

from .case import Case, expect
from .disk_boot import REMOVABLE

MEMORY = 512
ESP_MIB = 34
TIMEOUT = 120


def case(firmware, programs, folder):
    """Return the case; PROGRAMS is the folder of the EFI programs, images that must be made go to FOLDER."""
    return Case("tables: what EFI programs are offered", guest(firmware, programs, folder), expect_known)


def guest(firmware, programs, folder):
    """Return a guest that asks."""
    image = folder / "offers.img"
    disk_image.boot_disk(image, {REMOVABLE: programs / "survey.efi"}, ESP_MIB)
    return Guest("offers", "alone", firmware=firmware, cmdline="", memory=MEMORY, timeout=TIMEOUT,
                 disks=[Disk(image, "xvda", "ro")])


def expect_known(result):
    """Whoever means to change it updates the file that knows it."""
    survey = Survey(result.console)
    expect(survey.complete(), "survey.efi did not come to its end")
    changed = changes(known(XEN), properties(survey))
    expect(not changed, f"{'; '.join(changed)} (is it meant to be so? `tests/compare/check --xen --update`)")
