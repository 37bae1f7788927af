"""One comparison: which guests are run, and what is known when they have ended."""

import tempfile
from collections import namedtuple
from pathlib import Path

from rig import run_guests
from rig.progress import say

from .contenders import Guests
from .payloads import Payloads
from .survey import Survey
from .timeline import timeline

# A machine for which boots are timed: MiB, vCPUs, MiB of ballast in the initrd.
Machine = namedtuple("Machine", "memory vcpus ballast")
# One figure: instructions until a milestone.
Time = namedtuple("Time", "contender payload machine milestone instructions")
STANDARD = Machine(512, 1, 0)
MACHINES = (STANDARD, Machine(512, 4, 0), Machine(2048, 1, 0), Machine(2048, 1, 100))
DIRECT = "direct"
# Where the payload comes from: the toolstack as a kernel with its initrd, or as a program; or the guest's disk.
MODULES, MODULE, DISK = "modules", "module", "disk"


class Trial:
    """Runs everything under one Xen version; FIRST and OTHERS are contenders, FIRST boots modules too."""

    def __init__(self, first, others, efi_programs, xen="4.17"):
        self._first, self._all = first, [first, *others]
        self._efi, self._xen = efi_programs, xen

    def times(self, machine, runs=1):
        """Return the Times of all boots on MACHINE, RUNS times each."""
        found = []
        for number in range(runs):
            say(f"timing boots with {machine.memory} MiB, {machine.vcpus} vCPUs, run {number + 1} of {runs}")
            with tempfile.TemporaryDirectory(prefix="pvhefi-compare-") as folder:
                found += self._time(machine, Path(folder))
        return found

    def _time(self, machine, folder):
        payloads = Payloads(folder, self._efi, machine.ballast)
        guests = Guests(payloads, folder)
        size = machine.memory, machine.vcpus
        boots = [(DIRECT, MODULES, guests.direct(*size)),
                 (self._first.name, MODULES, guests.modules(self._first, *size)),
                 (self._first.name, MODULE, guests.module(self._first, payloads.padded_mark(), *size))]
        for contender in self._all:
            boots.append((contender.name, DISK, guests.disk(contender, payloads.padded_mark(), *size)))
            boots.append((contender.name, DISK, guests.disk(contender, payloads.uki, *size)))
        results = run_guests([guest for _, _, guest in boots], xen=self._xen, icount=True)
        return [Time(name, payload, machine, milestone, instructions)
                for (name, payload, _), result in zip(boots, results)
                for milestone, instructions in timeline(result.xen_log).items()]

    def surveys(self):
        """Return {contender's name: Survey} of the program on a disk."""
        with tempfile.TemporaryDirectory(prefix="pvhefi-compare-") as folder:
            payloads = Payloads(Path(folder), self._efi)
            guests = Guests(payloads, Path(folder))
            boots = [guests.disk(contender, self._efi / "survey.efi", STANDARD.memory, STANDARD.vcpus)
                     for contender in self._all]
            results = run_guests(boots, xen=self._xen)
        return {contender.name: Survey(result.console) for contender, result in zip(self._all, results)}
