"""The man page is well formed, and tells what the source has; README and page show the examples."""

import re
import unittest

import tree

MANUAL = tree.ROOT / "docs/pvhefi.7"
# mandoc looks for pages on the machine that the test runs on, and has no index of them there.
NOT_OURS = re.compile(r"referenced manual not found|outdated mandoc\.db")


def options_of_source():
    """Return {option: its values} of what the firmware understands."""
    source = (tree.ROOT / "loader/options.c").read_text()
    choices = re.findall(r'\.option = OPTION_PREFIX "(\w+)=".*?\.names =\s*\{(.*?)\}', source, re.S)
    return {f"pvhefi.{name}": set(re.findall(r'"(\w+)"', values)) for name, values in choices}


def options_of_manual():
    """Return the same of what the page has."""
    items = re.findall(r"^\.It Cm (pvhefi\.\w+) Ns = Ns Ar (.*)$", MANUAL.read_text(), re.M)
    return {name: set(values.split(" | ")) for name, values in items}


def options_of_configuration():
    """Return the same of docs/configuration.md's table."""
    rows = re.findall(r"^\| `(pvhefi\.\w+)=([\w\\|]+)`", (tree.ROOT / "docs/configuration.md").read_text(), re.M)
    return {name: set(values.split("\\|")) for name, values in rows}


def examples():
    """Return the settings of each example, a list of lines."""
    return [settings(path.read_text()) for path in sorted((tree.ROOT / "examples").glob("*.cfg"))]


def settings(text):
    """Return the lines of an xl configuration without comments."""
    return [re.sub(r"\s*#.*", "", line.strip()) for line in text.splitlines() if line.strip()]


class Manual(unittest.TestCase):
    def test_lint(self):
        said = tree.run("sh", "-c", f"mandoc -T lint -W style {MANUAL} 2>&1 || :").splitlines()
        self.assertEqual([line for line in said if not NOT_OURS.search(line)], [])

    def test_lint_finds_what_is_wrong(self):
        said = tree.run("sh", "-c", "echo .Nosuch | mandoc -T lint -W style 2>&1 || :")
        self.assertIn("unknown macro", said)

    def test_options_are_those_of_the_source(self):
        known = options_of_source()
        self.assertGreaterEqual(len(known), 3)
        self.assertEqual(options_of_manual(), known)
        self.assertEqual(options_of_configuration(), known)

    def test_page_shows_the_examples(self):
        shown = re.findall(r"^\.Bd -literal.*?\n(.*?)^\.Ed", MANUAL.read_text(), re.M | re.S)
        self.assertEqual(len(shown), 3)
        for block in map(settings, shown):
            self.assertIn(block, [example[:len(block)] for example in examples()])


class Readme(unittest.TestCase):
    def test_readme_shows_the_examples(self):
        text = (tree.ROOT / "README.md").read_text()
        shown = re.findall(r'^    type = "pvh"\n(?:    .*\n)+', text, re.M)
        self.assertCountEqual(map(settings, shown), examples())
