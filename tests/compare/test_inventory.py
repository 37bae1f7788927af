"""Who has what."""

import unittest

from compare.inventory import Inventory


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
