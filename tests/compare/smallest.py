"""The smallest guest in which each contender brings the same kernel to its userspace."""

import tempfile
from pathlib import Path

from boot.bisection import Bisection
from rig import run_guests
from rig.progress import say

from .contenders import Guests
from .measure import MIB, STANDARD, Finding
from .payloads import Payloads
from .results import Found
from .timeline import timeline
from .trial import DIRECT, DISK, GRUB, MODULES

# MiB: bounds of the search, and how exact it is.
TOO_SMALL, ENOUGH, STEP = 64, 320, 4
# Without memory enough a guest may hang; with enough it takes a third of this on an idle machine.
TIMEOUT = 200


class Smallest:
    """FIRST and OTHERS are firmwares, FIRST boots modules too; GRUB is one of its own."""

    def __init__(self, first, others, grub, efi_programs, xen="4.17"):
        self._xen, self._efi = xen, efi_programs
        self._ways = [(DIRECT, MODULES, lambda guests, _: guests.direct()),
                      (first.name, MODULES, lambda guests, _: guests.modules(first)),
                      *((firmware.name, DISK, lambda guests, payloads, firmware=firmware:
                         guests.disk(firmware, payloads.uki)) for firmware in (first, *others)),
                      (grub.name, GRUB, lambda guests, _: guests.grub_disk(grub))]

    def found(self):
        """Return what is Found: a size for each way."""
        searches = [Bisection(TOO_SMALL, ENOUGH, STEP) for _ in self._ways]
        with tempfile.TemporaryDirectory(prefix="pvhefi-compare-") as folder:
            payloads = Payloads(Path(folder), self._efi)
            while still := [(way, search) for way, search in zip(self._ways, searches) if search.size]:
                self._try(still, payloads, Path(folder))
        return Found([Finding(name, payload, STANDARD, "smallest", search.smallest * MIB)
                      for (name, payload, _), search in zip(self._ways, searches)])

    def _try(self, still, payloads, folder):
        say("smallest guests: trying " + ", ".join(f"{way[0]} {way[1]} {search.size}" for way, search in still))
        guests = []
        for (_, _, make), search in still:
            guest = make(Guests(payloads, STANDARD._replace(memory=search.size), folder), payloads)
            guest.timeout = TIMEOUT
            guests.append(guest)
        for (_, search), result in zip(still, run_guests(guests, xen=self._xen)):
            search.note("userspace" in timeline(result.xen_log))
