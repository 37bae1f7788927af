"""How many assertions of the conformance programs hold on pvhefi and on Debian's OVMF, both in plain QEMU."""

import re
from pathlib import Path

from rig import RigProblem, command
from rig.progress import say

from .results import Found

ROOT = Path(__file__).resolve().parents[2]
RUN, REPORT = ROOT / "tests/efi/conformance/run", ROOT / "build/conformance/report.md"
# Program, assertions; ok, FAIL, SKIP and missing on each of the two.
ROW = re.compile(r"^\| (\w+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", re.M)
WHAT = "conformance programs (differences.md explains)"


def found(first, other):
    """Return what is Found of FIRST, and of OVMF in the name of OTHER, which is built of the same source."""
    say("running the conformance programs")
    command.call(RUN, cwd=ROOT)
    if not REPORT.exists():
        raise RigProblem("the conformance programs left no report")
    ours, theirs = counts(REPORT.read_text())
    return Found(texts={WHAT: {first: ours, other: f"{theirs} (OVMF)"}})


def counts(report):
    """Return how many assertions hold and do not, on both, as text."""
    rows = [tuple(map(int, row[1:])) for row in ROW.findall(report)]
    if not rows:
        raise RigProblem("the conformance programs' report has no counts")
    total = [sum(column) for column in zip(*rows)]
    return f"{total[1]:,} hold, {total[2]} do not", f"{total[5]:,} hold, {total[6]} do not"
