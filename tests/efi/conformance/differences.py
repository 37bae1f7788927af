"""The committed explanations of failures and disagreements: differences.md.

A heading of level 2 names assertions, by ids with `*` for any text, several separated by spaces; the text below it
begins with a verdict, and says what the specification decides. Headings of level 1 and what stands before the first
explanation are for people.
"""

import fnmatch
import re
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("differences.md")


# What pvhefi's own outcome may be under each verdict.
VERDICTS = {
    "pvhefi is right": {"ok"},
    "Both are right": {"ok", "SKIP", "missing"},
    "OVMF is right": {"ok", "SKIP", "missing", "FAIL", "ERROR"},
}


@dataclass
class Explanation:
    """Why some assertions do not have the same outcome everywhere."""

    patterns: list
    text: str

    def covers(self, name, outcome):
        """Is the assertion NAME one of them, and OUTCOME what this says of pvhefi?"""
        return (any(fnmatch.fnmatchcase(name, pattern) for pattern in self.patterns)
                and outcome in VERDICTS.get(self.verdict, ()))

    @property
    def verdict(self):
        """Return the words in bold that the text begins with, None when it does not."""
        found = re.match(r"\*\*(.*?)\.?\*\*", self.text)
        return found and found[1]


def read(path=FILE):
    """Return the explanations of PATH."""
    parts = re.split(r"^## +(.+)$|^# .*$", path.read_text(), flags=re.M)
    # re.split() puts each heading (None for level 1) before the text that follows it.
    return [Explanation(patterns.split(), text.strip())
            for patterns, text in zip(parts[1::2], parts[2::2]) if patterns]


def explain(name, outcome, explanations):
    """Return the first explanation of OUTCOME, which the assertion NAME has on pvhefi, or None."""
    return next((each for each in explanations if each.covers(name, outcome)), None)
