"""What contenders have and others have not: protocols, tables, checks that hold."""

from collections import defaultdict
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """Things that are compared by name; SHARED: those that all have are listed, too."""

    title: str
    having_is_better: bool = True
    shared: bool = True

    @property
    def heading(self):
        """Return the title with a capital."""
        return self.title[0].upper() + self.title[1:]


KINDS = {
    "protocol": Kind("protocols"),
    "table": Kind("configuration tables"),
    "variable": Kind("variables at the first boot", having_is_better=False),
    "device path": Kind("device paths of block devices", having_is_better=False),
    "efivarfs": Kind("operations on variables from Linux that do what they should"),
    "smbios": Kind("SMBIOS fields in dmidecode"),
    "dmesg": Kind("kinds of lines in Linux's log, beside direct boot", having_is_better=False, shared=False),
}


class Inventory:
    """WORDS: {kind: {contender: names}}."""

    def __init__(self, words):
        self._words = {kind: {name: set(having) for name, having in contenders.items()}
                       for kind, contenders in words.items()}

    def kinds(self):
        """Return those that were looked at, in a fixed order."""
        return [kind for kind in KINDS if kind in self._words]

    def contenders(self, kind):
        """Return who was asked."""
        return list(self._words.get(kind, {}))

    def missing(self, kind, first, other):
        """Return what OTHER has and FIRST has not, sorted; nothing where one of them was not asked."""
        having = self._words.get(kind, {})
        return sorted(having[other] - having[first]) if first in having and other in having else []

    def groups(self, kind):
        """Return [(contenders, sorted names)]: each name once, with all who have it; who have most in common first."""
        owners = defaultdict(list)
        for name in sorted(set().union(*self._words[kind].values())):
            owners[tuple(who for who, having in self._words[kind].items() if name in having)].append(name)
        return sorted(owners.items(), key=lambda group: -len(group[0]))
