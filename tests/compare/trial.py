"""Timed boots: which guests are run, and what is known of them when they have ended."""

import re
import tempfile
from collections import namedtuple
from pathlib import Path

from rig import run_guests
from rig.progress import say

from . import dmesg
from .contenders import Guests
from .measure import KIB, STANDARD, Finding, Machine
from .payloads import Payloads
from .results import Found
from .timeline import entry, timeline

MACHINES = (STANDARD, Machine(512, 4, 0), Machine(2048, 1, 0), Machine(2048, 1, 100))
DIRECT = "direct"
# Where the payload comes from: the toolstack as a kernel with its initrd, or as a program; or the guest's disk, as a UKI
# or by way of shim and GRUB.
MODULES, MODULE, SMALL = "kernel and initrd as modules", "program of a UKI's size as a module", "small program as a module"
DISK, GRUB = "UKI on a disk", "kernel on a disk, by GRUB"
# Xen's log has the time of what is printed there; a PV console leaves none.
LOGGED = f"{SMALL}, text to Xen's log"
MEMORY = re.compile(r"^mark: MemTotal: +(\d+) kB$", re.M)
Boot = namedtuple("Boot", "contender payload guest")


class Trial:
    """Boots under one Xen version; FIRST and OTHERS are firmwares, FIRST boots modules too; GRUB is one of its own."""

    def __init__(self, first, others, grub, efi_programs, xen="4.17"):
        self._first, self._all, self._grub = first, [first, *others], grub
        self._efi, self._xen = efi_programs, xen

    def found(self, machine):
        """Return what is Found in all boots on MACHINE."""
        say(f"timing boots with {machine.memory} MiB, {machine.vcpus} vCPUs, {machine.ballast} MiB of ballast")
        with tempfile.TemporaryDirectory(prefix="pvhefi-compare-") as folder:
            return self._run(machine, Path(folder))

    def _run(self, machine, folder):
        payloads = Payloads(folder, self._efi, machine.ballast)
        boots = list(self._boots(payloads, Guests(payloads, machine, folder)))
        results = run_guests([boot.guest for boot in boots], xen=self._xen, icount=True)
        done = list(zip(boots, results))
        found = Found([Finding(boot.contender, boot.payload, machine, measure, value)
                       for boot, result in done for measure, value in measured(boot, result).items()])
        if machine == STANDARD:
            found.words["dmesg"] = {boot.contender: sorted(dmesg.lines(result.console)) for boot, result in done
                                    if MEMORY.search(result.console) and (boot.payload == DISK or boot.contender == DIRECT)}
        return found

    def _boots(self, payloads, guests):
        name, padded = self._first.name, payloads.padded_mark()
        yield Boot(DIRECT, MODULES, guests.direct())
        yield Boot(name, MODULES, guests.modules(self._first))
        yield Boot(name, SMALL, guests.module(self._first, payloads.mark))
        yield Boot(name, LOGGED, guests.logged_module(self._first, payloads.mark))
        yield Boot(name, MODULE, guests.module(self._first, padded))
        for contender in self._all:
            yield Boot(contender.name, DISK, guests.disk(contender, padded))
            yield Boot(contender.name, DISK, guests.disk(contender, payloads.uki))
        for contender in [*self._all, self._grub]:
            yield Boot(contender.name, GRUB, guests.grub_disk(contender))


def measured(boot, result):
    """Return {measure: value} of one boot."""
    values = dict(timeline(result.xen_log))
    if boot.payload == MODULES and boot.contender != DIRECT:
        values["payload"] = entry(result.console)
    memory = MEMORY.search(result.console)
    if memory:
        values["memtotal"] = int(memory[1]) * KIB
    # The program that only says that it was started reads the same.
    if memory and boot.guest.disks:
        reads = result.reads(boot.guest.disks[0].serial(boot.guest.name))
        if reads:
            values["requests"], values["read"] = reads
    return {measure: value for measure, value in values.items() if value is not None}
