"""Files, headings and make's targets that the documents name."""

import re

TREE = ("loader", "hypercall", "tables", "shim", "tests", "docs", "packaging", "examples")
# Built, fetched or written by hand elsewhere.
SKIPPED = {".git", "build", "__pycache__"}
# Files of other projects that are named without their folder.
FOREIGN = {"hvm_xs_strings.h"}

CODE = re.compile(r"`([^`\n]+)`|^ {4}(.*)$", re.M)
PATH = re.compile(rf"(?<![\w/.~*-])(?:{'|'.join(TREE)})/[\w./*-]*[\w*]")
NAME = re.compile(r"(?<![\w<])[\w./*-]*\w\.(?:c|h|S|lds|mk|py|md|json)\b")
LINK = re.compile(r"\]\(([^)\s]+)\)")
MAKE = re.compile(r"\bmake ([a-z][\w-]*)")
HEADING = re.compile(r"^#+ (.*)$", re.M)
TARGET = re.compile(r"^([a-z][\w -]*):(?!=)", re.M)


def files(root, *patterns):
    """Return the files below ROOT that match one of PATTERNS and belong to the project."""
    return sorted(path for pattern in patterns for path in root.rglob(pattern)
                  if not SKIPPED & set(path.relative_to(root).parts))


def anchor(heading):
    """Return the name under which a heading is linked to."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def named_paths(text):
    """Return what TEXT names by its path from the top, or as a file in code."""
    code = "\n".join(span or block for span, block in CODE.findall(text))
    names = {name for name in NAME.findall(code) if not name.startswith(("build/", "/"))}
    return set(PATH.findall(text)) | (names - FOREIGN)


def is_there(root, name):
    """Is there a NAME, from the top or in any folder; with or without its ending, * for any text?"""
    patterns = [name, f"{name}.*"]
    if name.split("/")[0] not in TREE:
        patterns += [f"**/{pattern}" for pattern in patterns]
    return any(next(root.glob(pattern), None) for pattern in patterns)


def leads_somewhere(document, link):
    """Is there the file, and in it the heading, to which a relative LINK in DOCUMENT leads?"""
    path, _, heading = link.partition("#")
    target = document.parent / path if path else document
    if not heading:
        return target.exists()
    return target.is_file() and heading in map(anchor, HEADING.findall(target.read_text()))


def targets(root):
    """Return the targets of all makefiles."""
    text = "\n".join(path.read_text() for path in files(root, "Makefile", "*.mk"))
    return {name for names in TARGET.findall(text) for name in names.split()}


def problems(root):
    """Return (checks, what is wrong) of all documents."""
    checks, wrong, made = 0, [], targets(root)
    for document in files(root, "*.md"):
        text = document.read_text()
        paths = named_paths(text)
        links = {link for link in LINK.findall(text) if "://" not in link}
        commands = {target for code in CODE.findall(text) for target in MAKE.findall("".join(code))}
        checks += len(paths) + len(links) + len(commands)
        wrong += [f"{document.relative_to(root)}: there is no {problem}" for problem in (
            *sorted(path for path in paths if not is_there(root, path)),
            *sorted(link for link in links if not leads_somewhere(document, link)),
            *(f"target {target} of make" for target in sorted(commands - made)))]
    return checks, wrong
