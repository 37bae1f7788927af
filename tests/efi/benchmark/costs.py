"""What the program scale.efi wrote on a console."""

import math
import re
from dataclasses import dataclass, field

from efi.conformance.results import ESCAPES, Summary, parse_summary

COST = re.compile(r"COST (\S+) (\d+) (\d+) (\d+) (.*)")
TROUBLE = re.compile(r"(?:ERROR|FAIL) .*")
LIMIT = re.compile(r"LIMIT (\S+) (\d+) (\d+)")
# On top of the logarithm's growth: samples differ a little.
TOLERANCE = 1.25


@dataclass
class Costs:
    """Instructions by (series, operation) and number of live objects; `summary` None: no end."""

    means: dict = field(default_factory=dict)
    troubles: list = field(default_factory=list)
    limits: list = field(default_factory=list)
    summary: Summary = None

    def rows(self):
        """Return all (series, operation), in the program's order."""
        return list(self.means)

    def problems(self):
        """Return what is wrong for a firmware that claims to be logarithmic."""
        found = self.troubles + self.limits + [f"{series}: {operation} costs {growth:.1f} times the logarithm"
                                               for (series, operation), growth in self._growths() if growth > TOLERANCE]
        return found if self.summary and self.means else found + ["the program did not come to its end"]

    def _growths(self):
        for row, means in self.means.items():
            fewest, most = min(means), max(means)
            yield row, means[most] / means[fewest] / (math.log(most) / math.log(fewest))


def parse(console):
    """Return the Costs that a program wrote on CONSOLE."""
    costs = Costs(summary=parse_summary(console))
    for line in ESCAPES.sub("", console.replace("\r", "")).split("\n"):
        if found := COST.match(line):
            series, live, mean, _, operation = found.groups()
            costs.means.setdefault((series, operation), {})[int(live)] = int(mean)
        elif found := LIMIT.match(line):
            costs.limits.append(f"{found[1]}: {found[2]} objects would take too long")
        elif TROUBLE.match(line):
            costs.troubles.append(line)
    return costs
