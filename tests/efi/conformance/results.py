"""What a conformance program wrote on a console."""

import fnmatch
import re
from dataclasses import dataclass, field

ESCAPES = re.compile(r"\x1b(\[[0-9;?=]*[A-Za-z]|[()][0-9A-B]|[=>78cM])")
LINE = re.compile(r"(FAIL|ok|SKIP|ERROR) (\S+) (\S+) (.*)")
SUMMARY = re.compile(r"SUMMARY (\S+): (\d+) passed, (\d+) failed, (\d+) errors")
# Consoles have at least this many columns; a line that is as long may go on in the next one.
COLUMNS_MIN = 80


@dataclass
class Result:
    """One assertion's outcome: "ok", "FAIL", "SKIP", whose id may end in `*`; or "ERROR", whose id is only the topic."""

    outcome: str
    id: str
    section: str
    text: str


@dataclass
class Summary:
    """A program's last line."""

    program: str
    passed: int
    failed: int
    errors: int


@dataclass
class Outcome:
    """All of one program's results, by id. `summary` is None when it did not come to its end."""

    results: dict = field(default_factory=dict)
    errors: list = field(default_factory=list)
    summary: Summary = None

    def outcome_of(self, name):
        """Return the outcome of the assertion NAME; "missing" when there is no word of it."""
        if name in self.results:
            return self.results[name].outcome
        skipped = (id for id, result in self.results.items() if result.outcome == "SKIP")
        return "SKIP" if any(fnmatch.fnmatchcase(name, pattern) for pattern in skipped) else "missing"


def lines(console):
    """Yield the lines of CONSOLE without escape sequences, those that the console broke in one."""
    whole = ""
    for line in ESCAPES.sub("", console.replace("\r", "")).split("\n"):
        if whole and (LINE.match(line) or SUMMARY.match(line)):
            yield whole
            whole = ""
        whole += line
        if len(line) < COLUMNS_MIN:
            yield whole
            whole = ""
    yield whole


def parse_summary(console):
    """Return the Summary of a program that ran on CONSOLE, None when it did not come to its end."""
    for line in lines(console):
        found = SUMMARY.match(line)
        if found:
            return Summary(found[1], *map(int, found.groups()[1:]))
    return None


def parse(console):
    """Return the Outcome of a program that ran with the option "verbose" on CONSOLE."""
    outcome = Outcome(summary=parse_summary(console))
    for line in lines(console):
        found = LINE.match(line)
        if not found:
            continue
        result = Result(*found.groups())
        if result.outcome == "ERROR":
            outcome.errors.append(result)
        else:
            outcome.results[result.id] = result
    return outcome


def is_complete(outcome):
    """Does what was read agree with what the program itself counted?"""
    counted = [result.outcome for result in outcome.results.values()]
    return (outcome.summary is not None and counted.count("ok") == outcome.summary.passed
            and counted.count("FAIL") == outcome.summary.failed
            and len(outcome.errors) == outcome.summary.errors)
