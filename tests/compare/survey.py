"""What the program survey.efi printed on a firmware's console."""

import re
from collections import Counter

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()=>][0-9A-Z]?|\r")
PREFIX = "survey: "
# EFI_MEMORY_TYPE: what the OS gets.
FREE_TYPES = (1, 2, 3, 4, 7)
PAGE_KIB = 4


class Survey:
    """The facts, by their first word."""

    def __init__(self, console):
        self._facts = {}
        for line in _unwrapped(console):
            key, _, value = line.partition(" ")
            self._facts.setdefault(key, []).append(value.strip())

    def complete(self):
        """Did the program reach its end?"""
        return "end" in self._facts

    def value(self, key):
        """Return the only fact of a kind, "" if there is none."""
        return self._facts.get(key, [""])[0]

    def words(self, key):
        """Return the first word of each fact of a kind, sorted."""
        return sorted({value.split()[0] for value in self._facts.get(key, []) if value})

    def facts(self, key):
        """Return all facts of a kind."""
        return self._facts.get(key, [])

    def memory_kib(self):
        """Return {EFI_MEMORY_TYPE: KiB}."""
        return Counter({int(kind): int(pages) * PAGE_KIB for kind, pages in
                        (fact.split() for fact in self.facts("memory"))})

    def free_kib(self):
        """Return how much memory the OS gets after ExitBootServices."""
        return sum(kib for kind, kib in self.memory_kib().items() if kind in FREE_TYPES)


def _unwrapped(console):
    """Yield the facts; a terminal of 80 columns breaks long lines."""
    lines = []
    for line in re.split(r"\n", ESCAPE.sub("", console)):
        if line.startswith(PREFIX):
            lines.append(line[len(PREFIX):])
        elif lines and line and not lines[-1] == "end":
            lines[-1] += line
    return lines
