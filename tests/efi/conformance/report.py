"""The differential report: a Markdown file for people."""

HEAD = """# Conformance: pvhefi and OVMF

The same programs ran on both firmwares. Every assertion names the section of the UEFI specification 2.10 that it is
from. Where the two disagree, the paragraph that decides who is right follows.

| program | assertions | pvhefi: ok | FAIL | SKIP | missing | OVMF: ok | FAIL | SKIP | missing |
|---|---|---|---|---|---|---|---|---|---|
"""
OUTCOMES = ("ok", "FAIL", "SKIP", "missing")


def write(path, comparisons):
    """Write the report on COMPARISONS to PATH."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = HEAD + "".join(map(program_row, comparisons))
    for title, chosen in (("Not explained", lambda row: row.is_failure),
                          ("Explained", lambda row: row.needs_explanation and row.explanation)):
        text += f"\n## {title}\n\n" + ("".join(
            sections([row for row in comparison.rows if chosen(row)]) for comparison in comparisons) or "Nothing.\n")
    for comparison in comparisons:
        text += "".join(f"\n{comparison.program}: {problem}\n" for problem in comparison.problems)
    path.write_text(text)


def program_row(comparison):
    """Return a program's line in the table."""
    counts = [sum(getattr(row, whose) == outcome for row in comparison.rows)
              for whose in ("ours", "theirs") for outcome in OUTCOMES]
    return f"| {comparison.program} | {len(comparison.rows)} | {' | '.join(map(str, counts))} |\n"


def sections(rows):
    """Return ROWS as tables, one for each explanation, followed by it."""
    text, explanations = "", []
    for row in rows:
        if row.explanation not in explanations:
            explanations.append(row.explanation)
    for explanation in explanations:
        text += "| assertion | section | pvhefi | OVMF | |\n|---|---|---|---|---|\n"
        text += "".join(f"| {row.id} | {row.section} | {row.ours} | {row.theirs} | {row.text} |\n"
                        for row in rows if row.explanation is explanation)
        text += f"\n{explanation.text}\n\n" if explanation else "\n"
    return text
