"""When a figure is worse."""

import unittest

from compare.change import Change


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
