"""Two firmwares' results of one program, side by side."""

from dataclasses import dataclass

from . import differences, results


@dataclass
class Row:
    """One assertion: its outcome on both firmwares and, where that needs one, its explanation."""

    id: str
    section: str
    ours: str
    theirs: str
    text: str
    explanation: differences.Explanation = None

    @property
    def needs_explanation(self):
        """Does the outcome not speak for itself?"""
        return self.ours != self.theirs or self.ours == "FAIL"

    @property
    def is_failure(self):
        """Is it something that nobody has explained?"""
        return self.needs_explanation and not self.explanation


@dataclass
class Comparison:
    """All of a program's rows, and what went wrong besides."""

    program: str
    rows: list
    problems: list

    @property
    def failures(self):
        """Return how many things are wrong."""
        return len(self.problems) + sum(row.is_failure for row in self.rows)

    def complaints(self):
        """Yield a line for each of them."""
        for row in self.rows:
            if row.is_failure:
                yield f"{row.id} {row.section} (pvhefi: {row.ours}, OVMF: {row.theirs}) {row.text}"
        for problem in self.problems:
            yield f"{self.program}: {problem}"

    @property
    def passes(self):
        """Return how many assertions hold here, or do not for a reason."""
        return sum(row.ours != "SKIP" and not row.is_failure for row in self.rows)


def compare(program, ours, theirs, explanations):
    """Return the Comparison of two Outcomes of PROGRAM."""
    rows = []
    for name in {**ours.results, **theirs.results}:
        mine, other = ours.results.get(name), theirs.results.get(name)
        text = (mine if mine and mine.outcome != "ok" or not other else other).text
        row = Row(name, (mine or other).section, ours.outcome_of(name), theirs.outcome_of(name), text)
        if row.needs_explanation:
            row.explanation = differences.explain(name, row.ours, explanations)
        rows.append(row)
    return Comparison(program, rows, problems(ours, theirs, explanations))


def problems(ours, theirs, explanations):
    """Return what is wrong with the two runs themselves."""
    found = [f"test error: {error.id} {error.section} {error.text}" for error in ours.errors]
    found += [f"test error on OVMF: {error.id} {error.section} {error.text}" for error in theirs.errors
              if not differences.explain(error.id, "ok", explanations)]
    if not results.is_complete(ours):
        found.append("the program did not come to its end, or its console is incomplete")
    return found
