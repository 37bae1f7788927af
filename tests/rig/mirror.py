"""Which Debian mirror does this machine use? Read from its own apt sources, both formats."""

import re
from collections import namedtuple
from pathlib import Path

from .problem import RigProblem

Source = namedtuple("Source", "uri suite components")

# Suites of the main archive; "-updates", "-security" and "-backports" are other ones.
DEBIAN_SUITES = {
    "bullseye", "bookworm", "trixie", "forky", "duke", "sid",
    "oldoldstable", "oldstable", "stable", "testing", "unstable",
}


def parse_deb822(text):
    """Yield the sources of a *.sources file: stanzas of "Field: value", indented to go on."""
    text = re.sub(r"^#.*\n?", "", text, flags=re.M)
    for stanza in re.split(r"\n\s*\n", text):
        fields = re.findall(r"^([\w-]+):((?:.*(?:\n[ \t].*)*))", stanza, flags=re.M)
        fields = {name.lower(): value.split() for name, value in fields}
        if "deb" not in fields.get("types", []) or fields.get("enabled") == ["no"]:
            continue
        for uri in fields.get("uris", []):
            for suite in fields.get("suites", []):
                yield Source(uri, suite, fields.get("components", []))


def parse_one_line(text):
    """Yield the sources of a classic *.list file: "deb [options] uri suite component…"."""
    for line in text.splitlines():
        words = re.sub(r"\[[^]]*\]", "", line.split("#")[0]).split()
        if len(words) >= 4 and words[0] == "deb":
            yield Source(words[1], words[2], words[3:])


def configured(etc=Path("/etc/apt")):
    """Return every binary package source that this machine's apt knows."""
    lists = [etc / "sources.list", *sorted(etc.glob("sources.list.d/*.list"))]
    sources = [s for f in lists if f.is_file() for s in parse_one_line(f.read_text())]
    for file in sorted(etc.glob("sources.list.d/*.sources")):
        sources += parse_deb822(file.read_text())
    return sources


def _is_debian(source, suites):
    return source.suite in suites and "main" in source.components


def archive(sources):
    """Return the address of the Debian archive; other vendors' repositories are passed over."""
    found = [s.uri for s in sources if _is_debian(s, DEBIAN_SUITES)]
    # A third party may name its suite like Debian's; Debian's own addresses end in /debian.
    found.sort(key=lambda uri: not uri.rstrip("/").endswith("debian"))
    if not found:
        raise RigProblem("no Debian mirror in this machine's apt sources (/etc/apt): add one "
                         "with suite and component such as 'bookworm main'")
    return found[0]


def security(sources):
    """Return the address of the Debian security archive, or None."""
    suites = {f"{suite}-security" for suite in DEBIAN_SUITES}
    return next((s.uri for s in sources if _is_debian(s, suites)), None)
