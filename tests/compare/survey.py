"""What the program survey.efi printed on a firmware's console."""

import re

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()=>][0-9A-Z]?|\r")
PREFIX = "survey: "
# EFI_MEMORY_TYPE: what the OS gets.
FREE_TYPES = (1, 2, 3, 4, 7)
PAGE_BYTES = 4096


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

    def revision(self):
        """Return the system table's as people write it: 2.10."""
        number = int(self.value("revision"), 16)
        return f"{number >> 16}.{(number & 0xffff) / 10:g}"

    def words(self, key):
        """Return the first word of each fact of a kind, sorted."""
        return sorted({value.split()[0] for value in self._facts.get(key, []) if value})

    def facts(self, key):
        """Return all facts of a kind."""
        return self._facts.get(key, [])

    def free_bytes(self):
        """Return how much memory the OS gets after ExitBootServices."""
        pages = (map(int, fact.split()) for fact in self.facts("memory"))
        return sum(count * PAGE_BYTES for kind, count in pages if kind in FREE_TYPES)

    def runtime_bytes(self):
        """Return how much it does not get."""
        return int(self.value("runtime-pages")) * PAGE_BYTES


def _unwrapped(console):
    """Yield the facts; a terminal of 80 columns breaks long lines."""
    lines = []
    for line in re.split(r"\n", ESCAPE.sub("", console)):
        if line.startswith(PREFIX):
            lines.append(line[len(PREFIX):])
        elif lines and line and not lines[-1] == "end":
            lines[-1] += line
    return lines
