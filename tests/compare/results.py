"""Everything that one comparison found, as it is kept in a file."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .measure import Finding, Machine


@dataclass
class Found:
    """What one stage found.

    findings  Findings
    words     {kind: {contender: names}}, see inventory.py
    texts     {what: {contender: text}}
    """

    findings: list = field(default_factory=list)
    words: dict = field(default_factory=dict)
    texts: dict = field(default_factory=dict)

    def add(self, other):
        """Take over what another stage found."""
        self.findings += other.findings
        self.words.update(other.words)
        self.texts.update(other.texts)


@dataclass
class Results(Found):
    """Of all stages, on `first` and the other firmware `other`, under `versions` on `date`."""

    date: str = ""
    versions: str = ""
    first: str = ""
    other: str = ""

    def write(self, path):
        """Keep it in the file PATH."""
        Path(path).write_text(json.dumps(asdict(self), indent=1) + "\n")

    @classmethod
    def read(cls, path):
        """Return what was kept in the file PATH."""
        found = cls(**json.loads(Path(path).read_text()))
        found.findings = [Finding(contender, payload, Machine(*machine), measure, value)
                          for contender, payload, machine, measure, value in found.findings]
        return found
