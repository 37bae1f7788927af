"""How far a boot came when."""

import unittest

from compare.timeline import entry, timeline


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
