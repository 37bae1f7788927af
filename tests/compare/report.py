"""The comparison's sections, and where others are ahead."""

from . import document
from .chart import bars
from .figures import Figures, ratio
from .inventory import KINDS, Inventory
from .measure import MEASURES, MILESTONES, READS, SPEEDS, STANDARD
from .targets import targets
from .trial import DISK, GRUB, LOGGED, MODULE, MODULES, SMALL

TITLE = "pvhefi beside others"
# At which milestone boots are compared, by where the payload comes from; a kernel does not tell when it is entered.
COMPARED_AT = {MODULES: "userspace", MODULE: "payload", SMALL: "payload", LOGGED: "output", DISK: "payload", GRUB: "userspace"}
# Of a boot, and of a contender whatever it boots.
BOOT_MEASURES = (*READS, "memtotal", "smallest")
OWN_MEASURES = ("image", "runtime", "descriptors", "free", "idle")
# tables/xen_table.h
OWN_NAMES = {"1FF770BD-1458-41CE-8580-C395934A3F1D": "XenTable"}
COUNTING = ("Instructions are those that QEMU's processor carries out between two lines in Xen's log (-icount): the guest's "
            "own, Xen's, and dom0's where the guest waits for a disk. A firmware's first output is timed when it goes to Xen's "
            "log, which pvhefi can do; the others' goes to the PV console, which leaves no time, before the payload's entry.")


class Report:
    """Of RESULTS; NAMES has those of others' GUIDs."""

    def __init__(self, results, names=None):
        self._results, self._names = results, {**OWN_NAMES, **(names or {})}
        self._first, self._figures = results.first, Figures(results.findings)
        self._inventory = Inventory(results.words)

    def head(self):
        """Return lines about versions and how it was measured."""
        runs = self._figures.runs()
        spread = f"Medians of {runs} runs, which differ by at most {self._figures.spread():.2%}." if runs > 1 else "One run."
        return [f"{self._results.date}: {self._results.versions}", f"{COUNTING} {spread}"]

    def sections(self):
        """Yield (title, lines or table); a table is a list of rows, the first one its head."""
        yield "Where others are ahead", [*self._faster(), *self._richer()] or ["Nowhere in what was measured."]
        yield "Targets", [["target", "limit", "measured", ""],
                          *(target.row() for target in targets(self._figures, self._first, self._results.other))]
        for machine in self._figures.machines():
            yield f"Millions of instructions from the domain's first one: {named(machine)}", self._times(machine)
        yield "Disk and memory of a boot", self._table(BOOT_MEASURES, self._boots_with(BOOT_MEASURES))
        yield "Reads from a disk", self._table(SPEEDS, self._boots_with(SPEEDS))
        yield "Size and memory", self._table(OWN_MEASURES, self._boots_with(OWN_MEASURES))
        yield "What they answer", self._texts()
        for kind in self._inventory.kinds():
            yield KINDS[kind].heading, list(self._groups(kind))

    def _faster(self):
        """Yield what others measure better at, with the same payload on the same machine."""
        for boot in self._figures.boots():
            name, payload, machine = boot
            for key, measure in MEASURES.items():
                other = self._figures.median(boot, key)
                own = self._figures.median((self._first, payload, machine), key)
                if name != self._first and measure.is_better(other, own):
                    where = f" ({payload}; {named(machine)})" if payload else ""
                    yield f"{name}: {measure.title}{where}: {measure.text(other)} {measure.unit}, {self._first}: {measure.text(own)}"

    def _richer(self):
        for kind in self._inventory.kinds():
            for name in self._inventory.contenders(kind):
                missing = self._inventory.missing(kind, self._first, name)
                if missing and KINDS[kind].having_is_better:
                    yield f"{name} has {len(missing)} {KINDS[kind].title} that {self._first} has not (listed below)"

    def _times(self, machine):
        rows = [["boot", *(measure.title for measure in MILESTONES.values()), f"of {self._first}'s"]]
        for boot in self._figures.boots():
            name, payload, where = boot
            if where != machine or payload not in COMPARED_AT or self._figures.median(boot, COMPARED_AT[payload]) is None:
                continue
            milestone = COMPARED_AT[payload]
            compared = ratio(self._figures.median(boot, milestone),
                             self._figures.median((self._first, payload, machine), milestone))
            rows.append([f"{name}, {payload}", *self._cells(boot, MILESTONES), f"{compared} ({MILESTONES[milestone].title})"])
        return rows

    def _cells(self, boot, measures):
        return [MEASURES[key].text(self._figures.median(boot, key)) for key in measures]

    def _boots_with(self, measures):
        return [boot for boot in self._figures.boots()
                if any(self._figures.median(boot, key) is not None for key in measures)]

    def _table(self, measures, boots):
        rows = [["", *(", ".join(filter(None, (MEASURES[key].title, MEASURES[key].unit))) for key in measures)]]
        for boot in boots:
            name, payload, machine = boot
            where = f"; {named(machine)}" if machine != STANDARD else ""
            rows.append([f"{name}, {payload}{where}" if payload else name, *self._cells(boot, measures)])
        return rows

    def _texts(self):
        names = list(dict.fromkeys(name for answers in self._results.texts.values() for name in answers))
        return [["", *names], *([what, *(answers.get(name, "–") for name in names)]
                                for what, answers in self._results.texts.items())]

    def _groups(self, kind):
        everybody = len(self._inventory.contenders(kind))
        for owners, words in self._inventory.groups(kind):
            all_have = len(owners) == everybody
            named_words = sorted(self._names.get(word.upper(), word) for word in words)
            text = ", ".join(named_words) if KINDS[kind].shared or not all_have else ""
            yield f"{'all' if all_have else ' and '.join(owners) + ' only'}: {len(words)}{': ' if text else ''}{text}"

    def main_chart(self):
        """Return the SVG of what matters most: how long until the payload runs."""
        values = []
        for boot in self._figures.boots():
            found = self._figures.median(boot, "payload")
            if boot[2] == STANDARD and boot[1] != LOGGED and found:
                values.append((f"{boot[0]}, {boot[1]}", boot[0], found / MILESTONES["payload"].scale))
        return bars("Instructions until the payload's entry", values, "million")

    def main_table(self):
        """Return the lines for the README: times on the usual machine, and sizes."""
        (image, runtime), (their_image, their_runtime) = (
            self._cells((name, "", STANDARD), ("image", "runtime")) for name in (self._first, self._results.other))
        return [f"{self._results.date}, {self._results.versions}; one vCPU, 512 MiB. Millions of instructions from the "
                "domain's first one, everything that the emulated processor did meanwhile:", "",
                *document.markdown_table(self._times(STANDARD)), "",
                f"The image is {image} KiB against {their_image}; {runtime} KiB stay at run time against {their_runtime}."]

    def markdown(self):
        """Return the report for a terminal or a code host."""
        return document.markdown(TITLE, self.head(), self.sections())

    def html(self):
        """Return the report as one file without any other."""
        return document.html(TITLE, self.head(), self.main_chart(), self.sections())


def named(machine):
    """Return a machine in words."""
    ballast = f", initrd with {machine.ballast} MiB more" if machine.ballast else ""
    return f"{machine.memory} MiB, {machine.vcpus} vCPU{'s' if machine.vcpus > 1 else ''}{ballast}"
