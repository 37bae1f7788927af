"""What the firmware is meant to reach, and whether it does."""

from dataclasses import dataclass

from .measure import KIB, MILLION, STANDARD
from .trial import DIRECT, DISK, MODULE, MODULES, SMALL

ENTRY, ENTRY_WITHOUT_IMAGE = 12 * MILLION, 2 * MILLION
MODULE_RATIO, DISK_RATIO, USERSPACE_RATIO = 200, 20, 1.1
IMAGE, RUNTIME = 256 * KIB, 64 * KIB


# Seen by marks on the debug port between the firmware's steps.
XENSTORED = ("xenstored's two answers (the domain's name, and whether there are SMBIOS strings) take 3.7 million of them: dom0 "
             "wakes up, reads, writes; firmware and Xen take 1.4 million")


@dataclass(frozen=True)
class Target:
    """WHAT is to be at most LIMIT (at least, if AT_LEAST), in UNIT; VALUE None: not measured. FLOOR: why it is missed."""

    what: str
    value: float
    limit: float
    unit: str = ""
    at_least: bool = False
    floor: str = ""

    @property
    def verdict(self):
        """Return it as one word."""
        if self.value is None:
            return "not measured"
        return "met" if (self.value >= self.limit if self.at_least else self.value <= self.limit) else "missed"

    def row(self):
        """Return what, limit, value and verdict."""
        value = "–" if self.value is None else f"{self.value:,.2f}".rstrip("0").rstrip(".")
        verdict = f"{self.verdict}: {self.floor}" if self.verdict == "missed" and self.floor else self.verdict
        return [self.what, f"{'at least' if self.at_least else 'at most'} {self.limit:,} {self.unit}".strip(), value, verdict]


def targets(figures, first, other):
    """Return the Targets of FIRST, some of them beside OTHER's figures."""
    def found(contender, payload, measure):
        return figures.median((contender, payload, STANDARD), measure)

    entry, disk = found(first, MODULE, "payload"), found(first, DISK, "payload")
    theirs = found(other, DISK, "payload")
    return [
        Target("a kernel as a module: to its entry", _per(found(first, MODULES, "payload"), MILLION), ENTRY // MILLION,
               "million instructions"),
        Target("a small program as a module: to its entry", _per(found(first, SMALL, "payload"), MILLION),
               ENTRY_WITHOUT_IMAGE // MILLION, "million instructions", floor=XENSTORED),
        Target(f"{other}'s disk boot of a UKI, beside a module as large", _per(theirs, entry), MODULE_RATIO, "times",
               True),
        Target(f"{other}'s disk boot of a UKI, beside the same from a disk", _per(theirs, disk), DISK_RATIO, "times", True),
        Target("userspace of kernel and initrd as modules, beside direct boot (the kernel's own unpacking included)",
               _per(found(first, MODULES, "userspace"), found(DIRECT, MODULES, "userspace")), USERSPACE_RATIO, "times"),
        Target("image", _per(found(first, "", "image"), KIB), IMAGE // KIB, "KiB"),
        Target("kept at run time", _per(found(first, "", "runtime"), KIB), RUNTIME // KIB, "KiB"),
    ]


def _per(value, unit):
    return None if value is None or not unit else value / unit
