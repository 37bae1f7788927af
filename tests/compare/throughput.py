"""How fast an EFI program reads from a disk through each firmware."""

import tempfile
from pathlib import Path

from efi.benchmark import reading
from rig import run_guests
from rig.problem import RigProblem
from rig.progress import say

from .measure import STANDARD, Finding
from .results import Found

# Disk of the program's, measure.
WAYS = {reading.FILE: "file", reading.SMALL_CALLS: "small-calls"}


def found(contenders, efi_programs, xen="4.17"):
    """Return what is Found of CONTENDERS, all firmwares."""
    say("reading from disks")
    with tempfile.TemporaryDirectory(prefix="pvhefi-compare-") as folder:
        image = reading.image(Path(folder), efi_programs / "reads.efi")
        results = run_guests([reading.guest(f"reads-{contender.name}", contender.firmware, reading.disks(image))
                              for contender in contenders], xen=xen, icount=True)
    return Found([Finding(contender.name, "", STANDARD, measure, _speed(contender, result.console, disk))
                  for contender, result in zip(contenders, results) for disk, measure in WAYS.items()])


def _speed(contender, console, disk):
    speed = reading.speed(console, disk)
    if speed is None:
        raise RigProblem(f"{contender.name}: reads.efi did not come to its end:\n{console[-1000:]}")
    return speed
