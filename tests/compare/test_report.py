"""What the comparison writes."""

import tempfile
import unittest
from pathlib import Path

from compare import chart
from compare.document import markdown_table, replace_part
from compare.figures import ratio
from compare.measure import STANDARD, Finding, Machine
from compare.report import Report
from compare.results import Found, Results
from compare.trial import DISK


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
