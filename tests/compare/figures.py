"""Medians of times, and the size of what is compared."""

import csv
from collections import defaultdict
from statistics import median

COLUMNS = ("contender", "payload", "memory-mib", "vcpus", "initrd-ballast-mib", "milestone", "runs",
           "median-instructions", "least", "most")
# In the order in which a boot passes them.
ORDER = ("payload", "kernel", "userspace")


class Figures:
    """TIMES grouped by what was run: (contender, payload, machine) → {milestone: [instructions]}."""

    def __init__(self, times):
        self._boots = defaultdict(lambda: defaultdict(list))
        for time in times:
            self._boots[time.contender, time.payload, time.machine][time.milestone].append(time.instructions)

    def boots(self):
        """Return the keys, in the order in which they were run."""
        return list(self._boots)

    def machines(self):
        """Return every machine once."""
        return list(dict.fromkeys(machine for _, _, machine in self._boots))

    def median(self, boot, milestone):
        """Return instructions, or None when the boot did not come so far."""
        found = self._boots.get(boot, {}).get(milestone)
        return round(median(found)) if found else None

    def write_csv(self, path):
        """Write all of it, a line for each milestone."""
        with open(path, "w", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(COLUMNS)
            for (contender, payload, machine), milestones in self._boots.items():
                for name in ORDER:
                    if found := milestones.get(name):
                        rows.writerow([contender, payload, *machine, name, len(found), round(median(found)),
                                       min(found), max(found)])


def millions(instructions):
    """Return instructions as people read them."""
    return "–" if instructions is None else f"{instructions / 1e6:,.1f}"


def ratio(other, own):
    """Return how many times as many OTHER is."""
    return "–" if not other or not own else f"{other / own:,.1f}×"
