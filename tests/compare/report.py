"""The comparison as Markdown, and as a page of its own."""

from html import escape

from .chart import bars
from .figures import ORDER, millions, ratio
from .trial import DISK, MODULE, MODULES, STANDARD

TITLES = {"payload": "payload's entry", "kernel": "kernel's first line", "userspace": "userspace"}
# At which milestone boots are compared, by where the payload comes from; a kernel does not tell when it is entered.
COMPARED_AT = {MODULES: "userspace", MODULE: "payload", DISK: "payload"}
# What contenders may have and others not; the survey's words for it.
KINDS = {"protocol": "protocols", "table": "configuration tables"}
STYLE = """
body { font: 16px/1.5 sans-serif; max-width: 60rem; margin: 1rem auto; padding: 0 1rem; color: #1f2328; background: #fff }
table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto }
th, td { border: 1px solid #d0d7de; padding: .3rem .6rem; text-align: right } td:first-child, th:first-child { text-align: left }
svg { width: 100%; height: auto }
"""


class Report:
    """What was found: FIGURES of times, SURVEYS by contender, SIZES of images in bytes, HEAD lines about versions.

    NAMES has those of GUIDs that a survey does not know.
    """

    def __init__(self, first, figures, surveys, sizes, head, names=None):
        self._first, self._figures, self._surveys, self._sizes, self._head = first, figures, surveys, sizes, head
        self._names = names or {}

    def sections(self):
        """Yield (title, text or table); a table is a list of rows, the first one its head."""
        yield "Where others are ahead", self._behind()
        for machine in self._figures.machines():
            yield (f"Instructions (million) from the domain's first one: {machine.memory} MiB, {machine.vcpus} vCPU(s), "
                   f"initrd with {machine.ballast} MiB of ballast", self._times(machine))
        yield "Size and memory", self._sizes_table()
        yield "What they offer", self._offers()

    def _behind(self):
        return [*self._faster(), *self._richer()] or ["Nowhere in what was measured."]

    def _faster(self):
        """Boots from a disk are what all contenders have."""
        for milestone in ORDER:
            own = self._figures.median((self._first, DISK, STANDARD), milestone)
            for name in self._surveys:
                other = self._figures.median((name, DISK, STANDARD), milestone)
                if own and other and other < own:
                    yield (f"{name} reaches the {TITLES[milestone]} from a disk with {millions(other)} million "
                           f"instructions, {self._first} with {millions(own)}")

    def _richer(self):
        mine = self._surveys[self._first]
        for name, survey in self._surveys.items():
            if not survey.complete():
                continue
            for kind, title in KINDS.items():
                missing = set(survey.words(kind)) - set(mine.words(kind))
                if missing:
                    yield f"{name} has {len(missing)} {title} that {self._first} has not (listed below)"
            if survey.free_kib() > mine.free_kib():
                yield f"{name} leaves {survey.free_kib()} KiB to the OS, {self._first} {mine.free_kib()} KiB"

    def _times(self, machine):
        rows = [["boot", *(TITLES[name] for name in ORDER), f"of {self._first}'s"]]
        for boot in self._figures.boots():
            name, payload, where = boot
            if where != machine:
                continue
            milestone = COMPARED_AT[payload]
            compared = ratio(self._figures.median(boot, milestone),
                             self._figures.median((self._first, payload, machine), milestone))
            rows.append([f"{name}, {payload}", *(millions(self._figures.median(boot, stage)) for stage in ORDER),
                         f"{compared} ({TITLES[milestone]})"])
        return rows

    def _sizes_table(self):
        rows = [["", "image, KiB", "free for the OS, KiB", "runtime, KiB", "descriptors"]]
        for name, survey in self._surveys.items():
            runtime = int(survey.value("runtime-pages") or 0) * 4
            rows.append([name, f"{self._sizes[name] / 1024:,.0f}", f"{survey.free_kib():,}", f"{runtime:,}",
                         survey.value("descriptors")])
        return rows

    def _offers(self):
        rows = [["", *self._surveys]]
        for kind in ("handles", "revision", "time"):
            rows.append([kind, *(survey.value(kind) for survey in self._surveys.values())])
        for kind in ("protocol", "table", "variable"):
            rows.append([f"{kind}s", *(str(len(survey.words(kind))) for survey in self._surveys.values())])
        for kind in KINDS:
            having = [set(survey.words(kind)) for survey in self._surveys.values()]
            rows += [[f"{kind} {self._names.get(word, word)}", *("yes" if word in words else "no" for words in having)]
                     for word in sorted(set.union(*having) - set.intersection(*having),
                                        key=lambda word: self._names.get(word, word))]
        return rows

    def main_chart(self):
        """Return the SVG of what matters most: how long until the payload runs."""
        values = []
        for boot in self._figures.boots():
            found = self._figures.median(boot, "payload")
            if boot[2] == STANDARD and found:
                values.append((f"{boot[0]}, from {boot[1]}", boot[0], found / 1e6))
        return bars("Instructions until the payload's entry", values, "million")

    def markdown(self):
        """Return the report for a terminal or a code host."""
        lines = ["# pvhefi beside others", "", *(f"{line}  " for line in self._head), ""]
        for title, content in self.sections():
            lines += [f"## {title}", ""]
            if isinstance(content[0], str):
                lines += [f"- {line}" for line in content]
            else:
                lines += markdown_table(content)
            lines.append("")
        return "\n".join(lines)

    def html(self):
        """Return the report as one file without any other."""
        parts = ["<!doctype html><html lang='en'><meta charset='utf-8'>",
                 "<meta name='viewport' content='width=device-width, initial-scale=1'>",
                 f"<title>pvhefi beside others</title><style>{STYLE}</style><h1>pvhefi beside others</h1>",
                 *(f"<p>{escape(line)}</p>" for line in self._head), self.main_chart()]
        for title, content in self.sections():
            parts.append(f"<h2>{escape(title)}</h2>")
            if isinstance(content[0], str):
                parts.append("<ul>" + "".join(f"<li>{escape(line)}</li>" for line in content) + "</ul>")
            else:
                parts.append(_html_table(content))
        return "\n".join(parts) + "\n"


def markdown_table(rows):
    """Return a table's lines."""
    head, *body = rows
    return [f"| {' | '.join(head)} |", f"|{'---|' + '--:|' * (len(head) - 1)}", *(f"| {' | '.join(row)} |" for row in body)]


def _html_table(rows):
    head, *body = rows
    cells = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    lines = ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in body]
    return f"<table><tr>{cells}</tr>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"
