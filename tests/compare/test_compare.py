#!/usr/bin/env python3
"""Tests of the comparison itself: what it reads, and what it writes."""

import struct
import sys
import tempfile
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from boot.bisection import Bisection  # noqa: E402
from compare import chart, conformance, dmesg, marked_elf, offers, ovmf_xen  # noqa: E402
from compare.change import Change  # noqa: E402
from compare.document import markdown_table, replace_part  # noqa: E402
from compare.figures import Figures, ratio  # noqa: E402
from compare.inventory import Inventory  # noqa: E402
from compare.measure import MEASURES, STANDARD, Finding, Machine  # noqa: E402
from compare.properties import changes, properties  # noqa: E402
from compare.report import Report  # noqa: E402
from compare.results import Found, Results  # noqa: E402
from compare.survey import Survey  # noqa: E402
from compare.targets import Target, targets  # noqa: E402
from compare.timeline import entry, timeline  # noqa: E402
from compare.trial import DISK  # noqa: E402

ENTRY, TEXT = 0x1000d0, "mark: start"


def elf(bits):
    """Return a PVH kernel of one segment, its note behind the program headers."""
    layout = marked_elf.LAYOUTS[1 if bits == 32 else 2]
    header_bytes = marked_elf.IDENT_BYTES + struct.calcsize(layout.header)
    program_bytes = struct.calcsize(layout.program)
    note = struct.pack("<III4sI", 4, 4, marked_elf.PHYS32_ENTRY, b"Xen\0", ENTRY)
    note_at = header_bytes + 2 * program_bytes
    size = note_at + len(note)
    common = {"flags": 5, "align": 4}
    load = {"type": 1, "offset": 0, "vaddr": 0x100000, "paddr": 0x100000, "filesz": size, "memsz": 0x5001, **common}
    notes = {"type": 4, "offset": note_at, "vaddr": 0, "paddr": 0, "filesz": len(note), "memsz": len(note), **common}
    ident = b"\x7fELF" + bytes([1 if bits == 32 else 2, 1, 1]) + bytes(9)
    header = struct.pack(layout.header, 2, 3, 1, ENTRY, header_bytes, 0, 0, header_bytes, program_bytes, 2, 0, 0, 0)
    programs = b"".join(struct.pack(layout.program, *(s[name] for name in layout.order.split())) for s in (load, notes))
    return ident + header + programs + note


class Names(unittest.TestCase):
    """GUIDs as edk2's packages declare them."""

    def test_declarations(self):
        """One in braces of two levels, one without; comments and other values are none."""
        text = ("  # gEfiOldGuid = {0, 1}\n"
                "  gEfiBlockIoProtocolGuid        = { 0x964E5B21, 0x6459, 0x11D2, { 0x8E, 0x39, 0x00, 0xA0, 0xC9, 0x69, 0x72, 0x3B }}\n"
                "  gSecondGuid = {0x1,0x2,0x3,{0x4,0x5,0x6,0x7,0x8,0x9,0xa,0xb}} # comment\n"
                "  gEfiMdePkgTokenSpaceGuid.PcdOne|0x10|UINT32|0x20\n")
        self.assertEqual(list(ovmf_xen.declared(text)), [("964E5B21-6459-11D2-8E39-00A0C969723B", "EfiBlockIoProtocol"),
                                                         ("00000001-0002-0003-0405-060708090A0B", "Second")])


class MarkedElf(unittest.TestCase):
    """A kernel of either class gets a segment, to which its entry leads."""

    def check(self, bits):
        """The new segment lies behind the old one, prints the text and jumps to the old entry."""
        content = marked_elf.MarkedElf(elf(bits), TEXT).bytes()
        layout = marked_elf.LAYOUTS[content[4]]
        header = struct.unpack_from(layout.header, content, marked_elf.IDENT_BYTES)
        self.assertEqual(header[9], 3)
        last = dict(zip(layout.order.split(), struct.unpack_from(layout.program, content, header[4] + 2 * header[8])))
        self.assertEqual(last["paddr"], 0x106000)
        code = content[last["offset"]:last["offset"] + last["filesz"]]
        self.assertTrue(code.endswith(TEXT.encode() + b"\n\0"))
        self.assertIn(struct.pack("<I", ENTRY), code)
        self.assertIn(struct.pack("<III4sI", 4, 4, 18, b"Xen\0", 0x106000), content)

    def test_32_bits(self):
        """OvmfXen is one."""
        self.check(32)

    def test_64_bits(self):
        """pvhefi and Linux are."""
        self.check(64)

    def test_no_entry(self):
        """An ELF file without the note is refused."""
        with self.assertRaises(ValueError):
            marked_elf.MarkedElf(elf(64).replace(b"Xen\0", b"Net\0"), TEXT).bytes()


class Timeline(unittest.TestCase):
    """Milestones are counted from the first instruction."""

    LOG = ["(XEN) [    1.000000] something", "(d1) [   10.000000] mark: start", "(d1) [   10.250000] pvhefi: version 1, …",
           "(d1) [   10.500000] mark: payload", "(d1) [   11.000000] [    0.000000] Linux version 6.1"]

    def test_counts(self):
        """Half a second is 250 million instructions."""
        self.assertEqual(timeline(self.LOG), {"output": 125_000_000, "payload": 250_000_000, "kernel": 500_000_000})

    def test_no_start(self):
        """Without a beginning there is nothing to count from."""
        self.assertEqual(timeline(self.LOG[2:]), {})

    def test_own_words(self):
        """pvhefi itself says when it enters a kernel."""
        self.assertEqual(entry("pvhefi: boot: starting after 10000 us\n"), 5_000_000)
        self.assertIsNone(entry("Linux version 6.1\n"))


class SurveyOutput(unittest.TestCase):
    """What a terminal of 80 columns made of the program's lines."""

    CONSOLE = ("\x1b[2Jsome banner\r\nsurvey: memory 0 2\r\nsurvey: memory 7 100\r\nsurvey: memory 9 1\r\n"
               "survey: protocol A 1\r\nsurvey: variable Long 1234\r\n5678 7 4\r\nsurvey: end\r\nnoise\r\n")

    def test_facts(self):
        """Broken lines are joined, noise is dropped."""
        survey = Survey(self.CONSOLE)
        self.assertTrue(survey.complete())
        self.assertEqual(survey.free_bytes(), 100 * 4096)
        self.assertEqual(survey.facts("variable"), ["Long 12345678 7 4"])

    def test_cut_off(self):
        """A program that died is no survey."""
        self.assertFalse(Survey(self.CONSOLE.split("survey: end")[0]).complete())

    def test_revision(self):
        """Tenths are the minor number's last digit."""
        self.assertEqual(Survey("survey: revision 20064\n").revision(), "2.10")
        self.assertEqual(Survey("survey: revision 20046\n").revision(), "2.7")


class Changes(unittest.TestCase):
    """What may grow by how much."""

    def test_growth(self):
        """A little is allowed, less is always fine."""
        self.assertFalse(Change("bytes", 103, 100).worse)
        self.assertFalse(Change("bytes", 1, 100).worse)
        self.assertTrue(Change("bytes", 104, 100).worse)

    def test_nothing_to_compare_with(self):
        """It is neither good nor bad, and says so."""
        change = Change("bytes", 100)
        self.assertFalse(change.compared or change.worse)
        self.assertNotIn("ok", str(change))


class Properties(unittest.TestCase):
    """What a firmware offers may change on purpose only."""

    def test_changes(self):
        """What came and what went."""
        self.assertEqual(changes({"table": ["A", "B"]}, {"table": ["B", "C"]}), ["table A is gone", "table C is new"])
        self.assertEqual(changes({"table": ["A"]}, {"table": ["A"]}), [])

    def test_of_a_survey(self):
        """A list of each kind, with what there is none of."""
        self.assertEqual(properties(Survey("survey: revision 20064\nsurvey: table T\n")),
                         {"revision": ["2.10"], "protocol": [], "table": ["T"], "variable": []})


class Answers(unittest.TestCase):
    """What firmwares answered, in words."""

    NOW = datetime(2026, 11, 23, 12, 0, 30, tzinfo=timezone.utc)

    def clock(self, told):
        """A firmware that was asked within the last half minute."""
        return offers.clock(told, self.NOW - timedelta(seconds=30), self.NOW)

    def test_clock(self):
        """Right, wrong by years, and none at all."""
        self.assertEqual(self.clock("2026-11-23 12:00:10"), "dom0's")
        self.assertEqual(self.clock("2015-01-20 16:06:51"), "2015-01-20 16:06:51, 4,324 days from dom0's")
        self.assertEqual(self.clock("0-00-00 00:00:00"), "no time: 0-00-00 00:00:00")
        self.assertEqual(self.clock(""), "unsupported")

    def test_kept(self):
        """A variable that was never made is not one that was lost."""
        self.assertEqual(offers.kept([["left: yes"], ["kept: yes"]]), "there")
        self.assertEqual(offers.kept([["left: yes"], ["kept: no"]]), "gone")
        self.assertEqual(offers.kept([["kept: no"], ["kept: yes"]]), "could not be tried")
        self.assertEqual(offers.kept([["left: yes"]]), "could not be tried")

    def test_smbios(self):
        """A field is named with its structure; what stands below a field is none."""
        lines = ["dmi: # dmidecode 3.4", "dmi: Handle 0x0001, DMI type 1, 27 bytes", "dmi: System Information",
                 "dmi: \tVersion: 4.17", "dmi: \tFeatures:", "dmi: \t\tnone", "ok create"]
        self.assertEqual(offers.dmi_fields(lines), {"System Information: Version", "System Information: Features"})

    def test_conformance(self):
        """Sums over all programs."""
        report = "| program | assertions |\n|---|---|\n| a | 5 | 3 | 1 | 1 | 0 | 4 | 0 | 1 | 0 |\n| b | 1 | 1 | 0 | 0 | 0 | 1 | 0 | 0 | 0 |\n"
        self.assertEqual(conformance.counts(report), ("4 hold, 1 do not", "5 hold, 0 do not"))

    def test_dmesg(self):
        """Numbers and addresses do not count."""
        first = dmesg.lines("[    0.000000] e820: [mem 0x1000-0x2fff] usable\n[    1.5] efi: EFI v2.10 by pvhefi\nnoise\n")
        second = dmesg.lines("[    0.100000] e820: [mem 0x5000-0x6fff] usable\n")
        self.assertEqual(first - second, {"efi: EFI vN.N by pvhefi"})
        self.assertEqual(second - first, set())


class Inventories(unittest.TestCase):
    """Who has what."""

    INVENTORY = Inventory({"table": {"pvhefi": ["A", "B"], "OvmfXen": ["B", "C"]}})

    def test_missing(self):
        """Only what somebody has who was asked."""
        self.assertEqual(self.INVENTORY.missing("table", "pvhefi", "OvmfXen"), ["C"])
        self.assertEqual(self.INVENTORY.missing("table", "pvhefi", "direct"), [])

    def test_groups(self):
        """What is common comes first, each name once."""
        self.assertEqual(self.INVENTORY.groups("table"),
                         [(("pvhefi", "OvmfXen"), ["B"]), (("pvhefi",), ["A"]), (("OvmfXen",), ["C"])])


class Medians(unittest.TestCase):
    """Several runs of one boot."""

    FIGURES = Figures([Finding("pvhefi", "disk", STANDARD, "payload", value) for value in (100, 104, 101)])

    def test_median_and_spread(self):
        """One wild run does not count, but is told."""
        self.assertEqual(self.FIGURES.median(("pvhefi", "disk", STANDARD), "payload"), 101)
        self.assertEqual(self.FIGURES.runs(), 3)
        self.assertAlmostEqual(self.FIGURES.spread(), 4 / 101)

    def test_csv(self):
        """A line for each measure."""
        with tempfile.TemporaryDirectory() as folder:
            self.FIGURES.write_csv(Path(folder) / "data.csv")
            self.assertEqual((Path(folder) / "data.csv").read_text().splitlines()[1], "pvhefi,disk,512,1,0,payload,3,101,100,104")

    def test_better(self):
        """Less, for most; more, for some; and what is nearly the same is neither."""
        self.assertTrue(MEASURES["payload"].is_better(1_000_000, 2_000_000))
        self.assertFalse(MEASURES["payload"].is_better(1_000_000, 1_000_500))
        self.assertTrue(MEASURES["memtotal"].is_better(2048, 1024))
        self.assertFalse(MEASURES["memtotal"].is_better(None, 1024))


class Search(unittest.TestCase):
    """The smallest guest, by trying."""

    def search(self, enough):
        """Between 64 and 320 in steps of 4, where ENOUGH is what it takes."""
        bisection, tries = Bisection(64, 320, 4), 0
        while bisection.size:
            bisection.note(bisection.size >= enough)
            tries += 1
        self.assertLess(tries, 8)
        return bisection.smallest

    def test_bisection(self):
        """The next multiple of the step is found, anywhere between the bounds."""
        for enough, found in ((65, 68), (84, 84), (85, 88), (316, 316), (320, 320)):
            self.assertEqual(self.search(enough), found)


class Goals(unittest.TestCase):
    """Targets are computed from what was found."""

    def verdicts(self, *found):
        """Of each target by its words."""
        figures = Figures([Finding(who, payload, STANDARD, measure, value) for who, payload, measure, value in found])
        return {target.what: target.verdict for target in targets(figures, "pvhefi", "OvmfXen")}

    def test_verdicts(self):
        """Met, missed, and not measured."""
        found = self.verdicts(("pvhefi", "", "image", 300 * 1024), ("pvhefi", DISK, "payload", 10),
                              ("OvmfXen", DISK, "payload", 200))
        self.assertEqual(found["image"], "missed")
        self.assertEqual(found["OvmfXen's disk boot of a UKI, beside the same from a disk"], "met")
        self.assertEqual(found["kept at run time"], "not measured")

    def test_floor(self):
        """Why a target is missed is told only where it is."""
        self.assertEqual(Target("size", 2, 1, "KiB", floor="heavy").row(), ["size", "at most 1 KiB", "2", "missed: heavy"])
        self.assertEqual(Target("size", 1, 1, "KiB", floor="heavy").row(), ["size", "at most 1 KiB", "1", "met"])


class Output(unittest.TestCase):
    """Tables and the chart."""

    def results(self, own, other):
        """Two contenders on the standard machine."""
        words = {"protocol": {"pvhefi": ["A"], "OvmfXen": ["A", "9042A9DE"]}}
        return Results([Finding("pvhefi", DISK, STANDARD, "payload", own),
                        Finding("OvmfXen", DISK, STANDARD, "payload", other)], words,
                       {"GetTime": {"pvhefi": "dom0's"}}, "2026-11-23", "versions", "pvhefi", "OvmfXen")

    def report(self, own, other):
        """A report of them."""
        return Report(self.results(own, other), {"9042A9DE": "GraphicsOutput"})

    def test_ratio(self):
        """A missing figure is no division."""
        self.assertEqual(ratio(300, 100), "3.0×")
        self.assertEqual(ratio(None, 100), "–")

    def test_who_is_ahead_comes_first(self):
        """The report does not hide a defeat, of whatever kind."""
        for own, other, slower in ((300_000_000, 100_000_000, True), (100_000_000, 300_000_000, False)):
            _, first, *_ = self.report(own, other).markdown().split("\n## ")
            self.assertTrue(first.startswith("Where others are ahead"))
            self.assertEqual("OvmfXen: payload's entry" in first, slower)
            self.assertIn("OvmfXen has 1 protocols", first)

    def test_names(self):
        """A GUID that has a name is shown by it, among those of its owners."""
        self.assertIn("- OvmfXen only: 1: GraphicsOutput", self.report(1, 2).markdown())

    def test_page_is_self_contained(self):
        """No file and no address besides."""
        page = self.report(1_000_000, 3_000_000).html()
        self.assertNotIn("src=", page)
        self.assertNotIn("href=", page)
        self.assertIn("<svg", page)

    def test_first_stage(self):
        """A report is written although nothing was timed yet."""
        report = Report(Results([Finding("pvhefi", "", STANDARD, "image", 1024)], first="pvhefi", other="OvmfXen"))
        self.assertIn("not measured", report.markdown())
        self.assertIn("<svg", report.html())

    def test_results_are_kept(self):
        """What was written to a file comes back as it was."""
        results = self.results(1, 2)
        results.add(Found([Finding("pvhefi", "", Machine(2048, 4, 100), "image", 5)]))
        with tempfile.TemporaryDirectory() as folder:
            results.write(Path(folder) / "results.json")
            self.assertEqual(Results.read(Path(folder) / "results.json"), results)

    def test_chart(self):
        """More is longer."""
        svg = chart.bars("t", [("a", "pvhefi", 1.0), ("b", "OvmfXen", 100.0)], "million")
        self.assertLess(float(svg.split('width="')[2].split('"')[0]), float(svg.split('width="')[3].split('"')[0]))

    def test_readme(self):
        """The part between the marks is replaced, the rest stays."""
        self.assertEqual(replace_part("a\n<b>\nold\n<e>\nz\n", "<b>", "<e>", "new"), "a\n<b>\nnew\n<e>\nz\n")

    def test_table(self):
        """A head, a rule, a body."""
        self.assertEqual(markdown_table([["a", "b"], ["1", "2"]]), ["| a | b |", "|---|--:|", "| 1 | 2 |"])


if __name__ == "__main__":
    unittest.main()
