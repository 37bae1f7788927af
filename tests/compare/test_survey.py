"""What survey.efi printed, and what is known of it."""

import unittest

from compare.properties import changes, properties
from compare.survey import Survey


class SurveyOutput(unittest.TestCase):
    """What a terminal of 80 columns made of the program's lines."""

    CONSOLE = ("\x1b[2Jsome banner\r\nsurvey: memory 0 2\r\nsurvey: memory 7 100\r\nsurvey: memory 9 1\r\n"
               "survey: protocol A 1\r\nsurvey: variable Long 1234\r\n5678 7 4\r\nsurvey: end\r\nnoise\r\n")

    def test_facts(self):
        """Broken lines are joined, noise is dropped."""
        survey = Survey(self.CONSOLE)
        self.assertTrue(survey.complete())
        self.assertEqual(survey.free_bytes(), 100 * 4096)
        self.assertEqual(survey.facts("variable"), ["Long 12345678 7 4"])

    def test_cut_off(self):
        """A program that died is no survey."""
        self.assertFalse(Survey(self.CONSOLE.split("survey: end")[0]).complete())

    def test_revision(self):
        """Tenths are the minor number's last digit."""
        self.assertEqual(Survey("survey: revision 20064\n").revision(), "2.10")
        self.assertEqual(Survey("survey: revision 20046\n").revision(), "2.7")


class Properties(unittest.TestCase):
    """What a firmware offers may change on purpose only."""

    def test_changes(self):
        """What came and what went."""
        self.assertEqual(changes({"table": ["A", "B"]}, {"table": ["B", "C"]}), ["table A is gone", "table C is new"])
        self.assertEqual(changes({"table": ["A"]}, {"table": ["A"]}), [])

    def test_of_a_survey(self):
        """A list of each kind, with what there is none of."""
        self.assertEqual(properties(Survey("survey: revision 20064\nsurvey: table T\n")),
                         {"revision": ["2.10"], "protocol": [], "table": ["T"], "variable": []})
