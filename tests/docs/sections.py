"""Sections of the UEFI specification 2.10 that sources, conformance programs and documents cite."""

import re

from .messages import FOLDERS

# How many subsections a section has, of the chapters that are cited.
SUBSECTIONS = dict(item.split(":") for item in """
    2:6 2.1:4 2.2:2 2.3:8 2.3.4:3 2.5:8 2.6:5
    3:5 3.1:7 3.2:3 3.4:3 3.5:2 3.5.1:1
    4:7 4.1:1 4.2:1 4.3:1 4.4:1 4.5:1 4.6:6 4.6.1:3 4.7:4
    5:3 5.2:4 5.3:3
    7:5 7.1:9 7.2:5 7.3:18 7.4:6 7.5:7
    8:5 8.1:1 8.2:7 8.2.7:3 8.3:4 8.4:2 8.5:6 8.5.1:1 8.5.2:1 8.5.3:4
    9:2 9.1:2 9.2:1
    10:6 10.3:6 10.3.2:6 10.3.3:2 10.3.4:33 10.3.5:9 10.4:6 10.5:9 10.6:5 10.6.1:6 10.6.2:1 10.6.5:3
    11:12 11.1:4 11.2:3 11.3:2 11.4:2 11.5:3 11.9:1
    12:10 12.1:2 12.2:6 12.3:4 12.4:10 12.8:3 12.8.3:6 12.9:2 12.9.2:7
    13:20 13.1:2 13.2:2 13.3:4 13.3.1:3 13.3.2:1 13.4:2 13.5:18 13.7:3 13.8:5 13.9:5 13.10:5
    18:4 18.3:8 21:2 21.1:7
    33:3 33.3:10 33.3.1:2 33.3.3:2 33.3.6:3
    34:8 34.1:5 34.3:6 34.4:6 34.8:14
    35:7 35.2:2 35.2.1:6 35.4:7 35.5:4 35.6:3
    37:7 37.5:5 37.7:1 37.7.1:3""".split())

NUMBER = re.compile(r"\d+(?:\.\d+)+")
LIST = r"\d[\d.]*(?:(?:,| and| to|–|, and) ?\d[\d.]*)*"
COMMENT_BREAK = re.compile(r"\s*\n \*\s*")
HEADING = re.compile(r"^#.*$", re.M)
# Where a section is cited: by kind of file.
IN_SOURCE = re.compile(rf"UEFI 2\.10 sections? ({LIST})")
IN_PROGRAM = re.compile(r'\btopic\("[^"]*", "([^"]*)"\)')
IN_TABLE = re.compile(rf"\| ({LIST}) \|$", re.M)
IN_DIFFERENCES = re.compile(r"(?<![\w.])(\d+(?:\.\d+)+)(?=[:,. ](?!\d))(?<!2\.10)(?<!2\.9)")


def is_there(number):
    """Is there a section of this NUMBER, as "7.2.1"?"""
    parts = number.split(".")
    return all(0 < int(part) <= int(SUBSECTIONS.get(".".join(parts[:depth]), 0))
               for depth, part in enumerate(parts) if depth)


def cited(text, pattern):
    """Return the sections that TEXT cites."""
    text = COMMENT_BREAK.sub(" ", HEADING.sub("", text))
    return {number for citation in pattern.findall(text) for number in NUMBER.findall(citation)}


def citations(root):
    """Yield (file, section) for each that is cited."""
    sources = [path for folder in FOLDERS for path in (root / folder).rglob("*.[chS]")]
    conformance = root / "tests/efi/conformance"
    places = [(sources, IN_SOURCE), (conformance.glob("*.c"), IN_PROGRAM),
              ([root / "README.md", root / "docs/services.md"], IN_TABLE),
              ([conformance / "differences.md"], IN_DIFFERENCES)]
    for paths, pattern in places:
        for path in paths:
            for number in cited(path.read_text(), pattern):
                yield path.relative_to(root), number


def problems(root):
    """Return (checks, what is wrong)."""
    found = sorted(citations(root))
    return len(found), [f"{path}: UEFI 2.10 has no section {number}"
                        for path, number in found if not is_there(number)]
