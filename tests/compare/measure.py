"""What is measured of a contender, in which unit, and whether more of it is better."""

from collections import namedtuple
from dataclasses import dataclass

# One figure: VALUE of what MEASURES calls so, for a payload on a machine; "" where it does not depend on a payload.
Finding = namedtuple("Finding", "contender payload machine measure value")
# A guest: MiB, vCPUs, MiB of ballast in the initrd.
Machine = namedtuple("Machine", "memory vcpus ballast")
STANDARD = Machine(512, 1, 0)


@dataclass(frozen=True)
class Measure:
    """Values are counted in UNIT times SCALE; a tie is what differs by less than TIE of the smaller one."""

    title: str
    unit: str
    scale: int = 1
    decimals: int = 0
    more_is_better: bool = False
    tie: float = 0.0

    def text(self, value):
        """Return a value as people read it; None: it was not measured."""
        return "–" if value is None else f"{value / self.scale:,.{self.decimals}f}"

    def is_better(self, value, than):
        """Is one value better than another one? None is never."""
        if value is None or than is None or abs(value - than) <= self.tie * min(value, than):
            return False
        return value > than if self.more_is_better else value < than


MILLION, KIB, MIB = 10**6, 2**10, 2**20
# Two runs' instructions agree that well.
NOISE = 0.001
# In the order in which a boot passes them.
MILESTONES = {
    "output": Measure("firmware's first output", "million instructions", MILLION, 1, tie=NOISE),
    "payload": Measure("payload's entry", "million instructions", MILLION, 1, tie=NOISE),
    "kernel": Measure("kernel's first line", "million instructions", MILLION, 1, tie=NOISE),
    "userspace": Measure("userspace", "million instructions", MILLION, 1, tie=NOISE),
}
READS = {
    "read": Measure("read from the disk", "MiB", MIB, 2),
    "requests": Measure("requests", ""),
}
# Waits for the disk take as long as the host does; two runs differ by a tenth, and more with small calls.
SPEEDS = {
    "file": Measure("a file of 64 MiB in one call", "MiB/s", decimals=1, more_is_better=True, tie=0.2),
    "small-calls": Measure("BlockIo, 4 KiB a call", "MiB/s", decimals=1, more_is_better=True, tie=0.2),
}
SIZES = {
    "image": Measure("image", "KiB", KIB),
    "runtime": Measure("kept at run time", "KiB", KIB),
    "descriptors": Measure("descriptors of memory", ""),
    "free": Measure("free for the OS", "KiB", KIB, more_is_better=True),
    "memtotal": Measure("MemTotal in Linux", "KiB", KIB, more_is_better=True),
    "smallest": Measure("smallest guest", "MiB", MIB),
    "idle": Measure("CPU while a shell waits", "% of a CPU", decimals=1),
}
MEASURES = {**MILESTONES, **READS, **SPEEDS, **SIZES}
