"""Linux's log without what differs from boot to boot."""

import re

LINE = re.compile(r"^\[ *\d+\.\d+\] (.*)$", re.M)
# Addresses, sizes, times; a GUID is a name.
NUMBER = re.compile(r"\b0x[0-9a-fA-F]+\b|\b[0-9a-f]{8,}\b|\d+")


def lines(console):
    """Return the set of the lines that Linux wrote to CONSOLE, each number in them an N."""
    return {NUMBER.sub("N", line).strip() for line in LINE.findall(console)}
