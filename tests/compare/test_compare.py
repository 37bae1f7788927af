#!/usr/bin/env python3
"""Tests of the comparison itself: what it reads, and what it writes."""

import struct
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from compare import chart, marked_elf, ovmf_xen  # noqa: E402
from compare.change import Change  # noqa: E402
from compare.figures import Figures, millions, ratio  # noqa: E402
from compare.report import Report, markdown_table  # noqa: E402
from compare.survey import Survey  # noqa: E402
from compare.timeline import timeline  # noqa: E402
from compare.trial import STANDARD, Time  # noqa: E402

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

    LOG = ["(XEN) [    1.000000] something", "(d1) [   10.000000] mark: start", "(d1) [   10.500000] mark: payload",
           "(d1) [   11.000000] [    0.000000] Linux version 6.1"]

    def test_counts(self):
        """Half a second is 250 million instructions."""
        self.assertEqual(timeline(self.LOG), {"payload": 250_000_000, "kernel": 500_000_000})

    def test_no_start(self):
        """Without a beginning there is nothing to count from."""
        self.assertEqual(timeline(self.LOG[2:]), {})


class SurveyOutput(unittest.TestCase):
    """What a terminal of 80 columns made of the program's lines."""

    CONSOLE = ("\x1b[2Jsome banner\r\nsurvey: memory 0 2\r\nsurvey: memory 7 100\r\nsurvey: memory 9 1\r\n"
               "survey: protocol A 1\r\nsurvey: variable Long 1234\r\n5678 7 4\r\nsurvey: end\r\nnoise\r\n")

    def test_facts(self):
        """Broken lines are joined, noise is dropped."""
        survey = Survey(self.CONSOLE)
        self.assertTrue(survey.complete())
        self.assertEqual(survey.free_kib(), 400)
        self.assertEqual(survey.facts("variable"), ["Long 12345678 7 4"])

    def test_cut_off(self):
        """A program that died is no survey."""
        self.assertFalse(Survey(self.CONSOLE.split("survey: end")[0]).complete())


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


class Output(unittest.TestCase):
    """Tables and the chart."""

    def figures(self, own, other):
        """Two contenders on the standard machine."""
        return Figures([Time("pvhefi", "disk", STANDARD, "payload", own),
                        Time("OvmfXen", "disk", STANDARD, "payload", other)])

    def report(self, own, other):
        """A report of them."""
        survey = Survey(SurveyOutput.CONSOLE)
        return Report("pvhefi", self.figures(own, other), {"pvhefi": survey, "OvmfXen": survey},
                      {"pvhefi": 1024, "OvmfXen": 2048}, ["head"])

    def test_ratio(self):
        """A missing figure is no division."""
        self.assertEqual(ratio(300, 100), "3.0×")
        self.assertEqual(ratio(None, 100), "–")
        self.assertEqual(millions(None), "–")

    def test_who_is_ahead_comes_first(self):
        """The report does not hide a defeat."""
        self.assertIn("OvmfXen reaches the payload's entry from a disk", self.report(300_000_000, 100_000_000).markdown())
        self.assertIn("Nowhere", self.report(100_000_000, 300_000_000).markdown())

    def test_page_is_self_contained(self):
        """No file and no address besides."""
        page = self.report(1_000_000, 3_000_000).html()
        self.assertNotIn("src=", page)
        self.assertNotIn("href=", page)
        self.assertIn("<svg", page)

    def test_chart(self):
        """More is longer."""
        svg = chart.bars("t", [("a", "pvhefi", 1.0), ("b", "OvmfXen", 100.0)], "million")
        self.assertLess(float(svg.split('width="')[2].split('"')[0]), float(svg.split('width="')[3].split('"')[0]))

    def test_table(self):
        """A head, a rule, a body."""
        self.assertEqual(markdown_table([["a", "b"], ["1", "2"]]), ["| a | b |", "|---|--:|", "| 1 | 2 |"])


if __name__ == "__main__":
    unittest.main()
