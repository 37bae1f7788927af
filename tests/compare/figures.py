"""Findings grouped by what was run, and their medians."""

import csv
from collections import defaultdict
from statistics import median

from .measure import MEASURES

COLUMNS = ("contender", "payload", "memory-mib", "vcpus", "initrd-ballast-mib", "measure", "runs", "median", "least",
           "most")


class Figures:
    """FINDINGS grouped by boot: (contender, payload, machine) → {measure: [values]}."""

    def __init__(self, findings):
        self._boots = defaultdict(lambda: defaultdict(list))
        for found in findings:
            self._boots[found.contender, found.payload, found.machine][found.measure].append(found.value)

    def boots(self):
        """Return the keys, in the order in which they were run."""
        return list(self._boots)

    def machines(self):
        """Return every machine once."""
        return list(dict.fromkeys(machine for _, _, machine in self._boots))

    def median(self, boot, measure):
        """Return the value in the middle, or None when there is none."""
        found = self._boots.get(boot, {}).get(measure)
        return median(found) if found else None

    def runs(self):
        """Return how often each boot was run at most."""
        return max((len(values) for boot in self._boots.values() for values in boot.values()), default=0)

    def spread(self):
        """Return by which part of their median the values of a boot differ at most."""
        return max(((max(values) - min(values)) / median(values) for boot in self._boots.values()
                    for values in boot.values() if median(values)), default=0.0)

    def write_csv(self, path):
        """Write all of it, a line for each measure of each boot."""
        with open(path, "w", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(COLUMNS)
            for (contender, payload, machine), values in self._boots.items():
                for name in MEASURES:
                    if found := values.get(name):
                        rows.writerow([contender, payload, *machine, name, len(found),
                                       *(f"{value:g}" if isinstance(value, float) and not value.is_integer() else int(value)
                                         for value in (median(found), min(found), max(found)))])


def ratio(other, own):
    """Return how many times as much OTHER is."""
    return "–" if not other or not own else f"{other / own:,.1f}×"
