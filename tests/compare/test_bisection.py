"""The search for the smallest guest."""

import unittest

from boot.bisection import Bisection


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
