"""Which targets are met."""

import unittest

from compare.figures import Figures
from compare.measure import STANDARD, Finding
from compare.targets import Target, targets
from compare.trial import DISK


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
