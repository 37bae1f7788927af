"""What the firmware offers, beside what it is known to offer: a change that nobody decided is a fault."""

KINDS = ("protocol", "table", "variable")


def properties(survey):
    """Return {kind: facts} of a Survey."""
    return {"revision": [survey.revision()], **{kind: survey.words(kind) for kind in KINDS}}


def changes(known, found):
    """Return a line for each fact that came or went."""
    lines = []
    for kind in {**known, **found}:
        before, now = set(known.get(kind, ())), set(found.get(kind, ()))
        lines += [f"{kind} {fact}: is gone" for fact in sorted(before - now)]
        lines += [f"{kind} {fact}: is new" for fact in sorted(now - before)]
    return lines
