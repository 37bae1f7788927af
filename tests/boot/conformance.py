"""The conformance programs under Xen: the very files that run in plain QEMU, judged by the same comparison with OVMF."""

from efi.conformance import differences
from efi.conformance.comparison import compare
from efi.conformance.ovmf import Ovmf
from efi.conformance.programs import launcher, programs, typing
from efi.conformance.results import parse
from rig import Guest

from .case import Case, expect

MEMORY_MIB = 128
TIMEOUT = 300
# What depends on Xen most: its timers, its clock, and what stays after ExitBootServices.
SHORT = ("events", "exit", "runtime")
COMPLAINTS_MAX = 5


class Conformance:
    """Makes the cases for FIRMWARE, of the programs that were built into BUILD."""

    def __init__(self, firmware, build):
        self._firmware, self._build = firmware, build
        self._explanations = differences.read()

    def cases(self):
        """Return a case for each program."""
        return [self._case(program) for program in programs(self._build)]

    def short_cases(self):
        """Return those that tell most."""
        return [self._case(program) for program in programs(self._build) if program.stem in SHORT]

    def _case(self, program):
        guest = Guest(f"conformance-{program.stem}", "module", image=program, firmware=self._firmware,
                      cmdline="verbose", memory=MEMORY_MIB, typing=typing(program), timeout=TIMEOUT)
        return Case(f"conformance: {program.stem}", guest, lambda result: self._expect_agreement(program, result),
                    steady=True)

    def _expect_agreement(self, program, result):
        """Every assertion has OVMF's outcome, or differs for the reason that differences.md gives."""
        expect(result.end == "poweroff", f"the guest ended by {result.end}")
        # Without boot services a program writes to Xen's debug console.
        ours = parse(result.console + result.debug_console())
        theirs = parse(Ovmf().run(program, launcher(self._build)))
        complaints = list(compare(program.stem, ours, theirs, self._explanations).complaints())
        expect(not complaints, f"{len(complaints)} differences: " + "; ".join(complaints[:COMPLAINTS_MAX]))
