"""What firmwares, Linux and programs answered."""

import unittest
from datetime import datetime, timedelta, timezone

from compare import conformance, dmesg, offers


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
