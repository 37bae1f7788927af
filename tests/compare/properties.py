"""What the firmware offers, beside what it is known to offer: a change that nobody decided is a fault."""

import json
from pathlib import Path

FILE = Path(__file__).with_name("properties.json")
# Where it is asked.
PLAIN, XEN = "plain QEMU", "Xen"
KINDS = ("protocol", "table", "variable")


def properties(survey):
    """Return {kind: facts} of a Survey."""
    return {"revision": [survey.revision()], **{kind: survey.words(kind) for kind in KINDS}}


def known(where):
    """Return what it is known to offer there."""
    return json.loads(FILE.read_text())[where]


def remember(where, found):
    """Know it from now on."""
    content = {**json.loads(FILE.read_text()), where: found}
    FILE.write_text(json.dumps(content, indent=4, sort_keys=True) + "\n")


def changes(before, now):
    """Return a line for each fact that came or went."""
    lines = []
    for kind in {**before, **now}:
        had, has = set(before.get(kind, ())), set(now.get(kind, ()))
        lines += [f"{kind} {fact} is gone" for fact in sorted(had - has)]
        lines += [f"{kind} {fact} is new" for fact in sorted(has - had)]
    return lines
