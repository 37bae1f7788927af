"""Medians, ratios, the file of figures."""

import tempfile
import unittest
from pathlib import Path

from compare.figures import Figures
from compare.measure import MEASURES, STANDARD, Finding


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
