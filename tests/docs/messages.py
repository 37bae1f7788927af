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
# Who writes to the console otherwise: the log itself, and protocols that write what a client says.
WRITE = re.compile(r"\b(?:log_write|terminal_write|terminal_write_to_host)\(")
WRITERS = {"loader/lib/log.c", "loader/terminal.c", "shim/console/text_output.c", "shim/console/serial_io.c",
           "shim/console/debug_port_protocol.c"}
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


def sources(root):
    """Yield (path, text) of all of the firmware's C files."""
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.c")):
            yield str(path.relative_to(root)), path.read_text()


def in_document(text):
    """Return [(message, cause, cure)] of the document's tables."""
    return [(Message(row[1], row[2]), row[3].strip(), row[4].strip()) for row in ROW.finditer(text)]


def problems(root):
    """Return (checks, what is wrong): each message has one row, with cause and cure, and there is no other."""
    known = {message for _, text in sources(root) for message in printed(text)}
    rows = in_document((root / "docs/messages.md").read_text())
    told = [message for message, _, _ in rows]
    wrong = [f"docs/messages.md has no row for {message.level}: {message.text}"
             for message in sorted(known - set(told))]
    wrong += [f"docs/messages.md: the firmware does not print {message.level}: {message.text}"
              for message in sorted(set(told) - known)]
    wrong += [f"docs/messages.md has {message.text} twice" for message in sorted(set(told))
              if told.count(message) > 1]
    wrong += [f"docs/messages.md has no cause or no cure of {message.text}"
              for message, cause, cure in rows if not cause or not cure]
    wrong += [f"{path} writes to the console without log.h" for path, text in sources(root)
              if WRITE.search(text) and path not in WRITERS]
    return len(known | set(told)), wrong
