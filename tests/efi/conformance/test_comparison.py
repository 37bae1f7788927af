#!/usr/bin/env python3
"""Unit tests of what reads and compares results. Run: python3 tests/efi/conformance/test_comparison.py"""

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from efi.conformance import differences, report, results  # noqa: E402
from efi.conformance.comparison import compare  # noqa: E402

CONSOLE = """\
\x1b[2J\x1b[01;01Hpvhefi: version 0.1\r
ok memory.pool.any 7.2.4 a pool\r
FAIL memory.pool.none 7.2.4 no pool: expected EFI_SUCCESS, got EFI_NOT_FOUND\r
SKIP memory.more.later 7.2.1 there is none\r
ERROR memory.map 7.2.3 no memory map: EFI_DEVICE_ERROR\r
SUMMARY memory: 1 passed, 1 failed, 1 errors\r
"""


def outcome(*lines, summary="{passed} passed, {failed} failed, {errors} errors"):
    """Return what a program says that writes LINES."""
    count = {name: sum(line.startswith(word) for line in lines)
             for name, word in (("passed", "ok"), ("failed", "FAIL"), ("errors", "ERROR"))}
    return results.parse("\n".join([*lines, "SUMMARY p: " + summary.format(**count)]))


def explanations(text):
    """Return what is read from a file with TEXT."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "differences.md"
        path.write_text(text)
        return differences.read(path)


class Results(unittest.TestCase):
    def test_lines(self):
        read = results.parse(CONSOLE)
        self.assertEqual({name: result.outcome for name, result in read.results.items()},
                         {"memory.pool.any": "ok", "memory.pool.none": "FAIL", "memory.more.later": "SKIP"})
        self.assertEqual([error.id for error in read.errors], ["memory.map"])
        self.assertEqual(read.results["memory.pool.any"].section, "7.2.4")
        self.assertEqual(read.summary, results.Summary("memory", 1, 1, 1))
        self.assertTrue(results.is_complete(read))

    def test_a_line_that_the_console_broke(self):
        long = "ok memory.pool.long 7.2.4 " + "x" * 100
        broken = f"{long[:80]}\n{long[80:]}\nok memory.pool.next 7.2.4 y\n"
        read = results.parse(broken)
        self.assertEqual(read.results["memory.pool.long"].text, "x" * 100)
        self.assertIn("memory.pool.next", read.results)

    def test_a_line_as_wide_as_the_console(self):
        wide = "ok memory.pool.wide 7.2.4 ".ljust(80, "x")
        read = results.parse(f"{wide}\nok memory.pool.next 7.2.4 y\n")
        self.assertEqual(len(read.results), 2)

    def test_no_end(self):
        read = results.parse(CONSOLE[:CONSOLE.index("SUMMARY")])
        self.assertIsNone(read.summary)
        self.assertFalse(results.is_complete(read))

    def test_lost_lines(self):
        self.assertFalse(results.is_complete(outcome("ok a.b 1 x", summary="2 passed, 0 failed, 0 errors")))


class Differences(unittest.TestCase):
    TEXT = "# title\n\npreface\n\n# Part\n\n## a.b.* a.c\n\nwhy\n\n# Next part\n\n## d.e\n\nwhy not\n"

    def test_headings(self):
        read = explanations(self.TEXT)
        self.assertEqual([(each.patterns, each.text) for each in read],
                         [(["a.b.*", "a.c"], "why"), (["d.e"], "why not")])

    def test_patterns(self):
        read = explanations("## a.b.* a.c\n\n**pvhefi is right.** Since.\n")
        self.assertTrue(differences.explain("a.b.anything", "ok", read))
        self.assertTrue(differences.explain("a.c", "ok", read))
        self.assertIsNone(differences.explain("a.cd", "ok", read))

    def test_verdicts(self):
        for verdict, outcomes in (("pvhefi is right", "ok"), ("Both are right", "ok SKIP missing"),
                                  ("OVMF is right", "ok SKIP missing FAIL"), ("Nobody is right", "")):
            read = explanations(f"## a.b\n\n**{verdict}.** Since.\n")
            for outcome in ("ok", "FAIL", "SKIP", "missing"):
                explained = differences.explain("a.b", outcome, read) is not None
                self.assertEqual(explained, outcome in outcomes.split(), (verdict, outcome))

    def test_the_committed_ones(self):
        for explanation in differences.read():
            self.assertIn(explanation.verdict, differences.VERDICTS, explanation.patterns)


class Comparison(unittest.TestCase):
    WHY = "## a.b\n\n**Both are right.** Since.\n"

    def compare(self, ours, theirs, text=""):
        return compare("p", outcome(*ours), outcome(*theirs), explanations(text))

    def test_agreement(self):
        same = self.compare(["ok a.b 1 x", "SKIP a.c 1 y"], ["ok a.b 1 x", "SKIP a.c 1 y"])
        self.assertEqual((same.passes, same.failures), (1, 0))

    def test_failure_everywhere(self):
        self.assertEqual(self.compare(["FAIL a.b 1 x"], ["FAIL a.b 1 x"]).failures, 1)

    def test_disagreement(self):
        for theirs in (["FAIL a.b 1 x"], ["SKIP a.b 1 x"], []):
            self.assertEqual(self.compare(["ok a.b 1 x"], theirs).failures, 1, theirs)
            self.assertEqual(self.compare(["ok a.b 1 x"], theirs, self.WHY).failures, 0, theirs)
        self.assertEqual(self.compare([], ["ok a.b 1 x"]).rows[0].ours, "missing")

    def test_topics_that_are_skipped(self):
        for name, outcome in (("a.b", "SKIP"), ("a.b.c", "SKIP"), ("aa.b", "missing")):
            row = self.compare(["SKIP a.* 1 nothing there"], [f"ok {name} 1 x"]).rows[1]
            self.assertEqual((row.ours, row.theirs), (outcome, "ok"))

    def test_errors_of_tests(self):
        self.assertEqual(self.compare(["ERROR a.b 1 no page"], []).failures, 1)
        self.assertEqual(self.compare(["ERROR a.b 1 no page"], [], self.WHY).failures, 1)
        self.assertEqual(self.compare([], ["ERROR a.b 1 no page"]).failures, 1)
        self.assertEqual(self.compare([], ["ERROR a.b 1 no page"], self.WHY).failures, 0)

    def test_incomplete(self):
        broken = compare("p", results.parse("ok a.b 1 x"), outcome("ok a.b 1 x"), [])
        self.assertEqual(broken.failures, 1)

    def test_report(self):
        rows = self.compare(["ok a.b 1 x", "ok a.c 1 y"], ["FAIL a.b 1 x: got z", "FAIL a.c 1 y: got z"],
                            self.WHY)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "build" / "report.md"
            report.write(path, [rows])
            text = path.read_text()
        unexplained, explained = text.split("## Explained")
        self.assertIn("| p | 2 | 2 | 0 | 0 | 0 | 0 | 2 | 0 | 0 |", unexplained)
        self.assertIn("a.c", unexplained)
        self.assertIn("| a.b | 1 | ok | FAIL | x: got z |", explained)
        self.assertIn("Since.", explained)


if __name__ == "__main__":
    unittest.main()
