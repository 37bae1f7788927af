"""What the firmware can print, from its C sources, and what docs/messages.md says of it."""

import re
from dataclasses import dataclass

FOLDERS = ("loader", "hypercall", "tables", "shim")
LEVELS = {"err": "error", "warn": "warning", "info": "info", "debug": "debug"}

CALL = re.compile(r"\blog_(err|warn|info|debug)\(\s*")
PART = re.compile(r'(?:"((?:[^"\\]|\\.)*)"|([A-Z][A-Z0-9_]*))\s*')
DEFINITION = re.compile(r'^#define\s+([A-Z][A-Z0-9_]*)\s+"((?:[^"\\]|\\.)*)"$', re.M)
ESCAPE = re.compile(r"\\(.)")
CONVERSION = r"%[-#0]*\d*(?:\.\d+)?(?:ll|l|z)?[a-zA-Z]"
# Those that nothing but a dot parts are one thing to a reader: a version, a name with its value.
CHANGING = re.compile(rf"{CONVERSION}(?:\.?{CONVERSION})*")
ROW = re.compile(r"^\| `([^`]+)` \| (error|warning|info|debug) \|(.*)\|(.*)\|$", re.M)


@dataclass(frozen=True, order=True)
class Message:
    """A line without its prefix, with an ellipsis for what differs each time."""

    text: str
    level: str


def format_at(source, position, definitions):
    """Return the string at POSITION of a C source, its parts put together, '' when there is none."""
    parts = []
    while part := PART.match(source, position):
        parts.append(part[1] if part[1] is not None else definitions[part[2]])
        position = part.end()
    return ESCAPE.sub(r"\1", "".join(parts))


def printed(source):
    """Return the messages of one C source."""
    definitions = dict(DEFINITION.findall(source))
    return {Message(CHANGING.sub("…", format_at(source, call.end(), definitions)), LEVELS[call[1]])
            for call in CALL.finditer(source)}


def in_sources(root):
    """Return the messages of all of the firmware's sources."""
    return {message for folder in FOLDERS for path in (root / folder).rglob("*.c")
            for message in printed(path.read_text())}


def in_document(text):
    """Return [(message, cause, cure)] of the document's tables."""
    return [(Message(row[1], row[2]), row[3].strip(), row[4].strip()) for row in ROW.finditer(text)]


def problems(root):
    """Return (checks, what is wrong): each message has one row, with cause and cure, and there is no other."""
    known, rows = in_sources(root), in_document((root / "docs/messages.md").read_text())
    told = [message for message, _, _ in rows]
    wrong = [f"docs/messages.md has no row for {message.level}: {message.text}"
             for message in sorted(known - set(told))]
    wrong += [f"docs/messages.md: the firmware does not print {message.level}: {message.text}"
              for message in sorted(set(told) - known)]
    wrong += [f"docs/messages.md has {message.text} twice" for message in sorted(set(told))
              if told.count(message) > 1]
    wrong += [f"docs/messages.md has no cause or no cure of {message.text}"
              for message, cause, cure in rows if not cause or not cure]
    return len(known | set(told)), wrong
