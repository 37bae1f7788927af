"""Debian packages of any suite, downloaded and unpacked into the cache without touching the system.

Each suite has an apt root of its own in the cache; apt checks signatures as always. Every package
is unpacked into a folder of its own, so suites and rigs share what they have in common.
"""

import json
import re
from pathlib import Path
from urllib.parse import unquote

from . import cache, command, mirror
from .problem import RigProblem
from .progress import say
from .tree import Tree

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
LIBRARY = r"z?lib.*"
# sid has no security archive.
SUITES_WITH_SECURITY = ("bullseye", "bookworm", "trixie")


class DownloadFailed(RigProblem):
    """A package that the lists name could not be downloaded."""


class Suite:
    """A Debian suite such as "bookworm"."""

    def __init__(self, name):
        self.name = name
        self.root = cache.root() / "apt" / name

    def packages(self, *names, keep=None):
        """Return a Tree of the packages NAMES and their dependencies, as far as they match KEEP.

        By default that is NAMES themselves and every library.
        """
        keep = keep or "|".join([*map(re.escape, names), LIBRARY])
        try:
            return self._tree(names, keep)
        except DownloadFailed:
            # Most likely the mirror has moved on to newer versions than our lists know.
            self._update(again=True)
            self._memo(names, keep).unlink(missing_ok=True)
            return self._tree(names, keep)

    def _tree(self, names, keep):
        folders = {_folder(*package): package for package in self._resolve(names, keep)}
        if not all(folder.exists() for folder in folders):
            with cache.lock("packages"):
                self._fetch({f: package for f, package in folders.items() if not f.exists()})
        return Tree(list(folders))

    # What to download

    def _resolve(self, names, keep):
        """Return [(package, version)], remembered: a warm cache needs neither apt nor network."""
        memo = self._memo(names, keep)
        cache.once(memo, lambda new: new.write_text(json.dumps(self._ask_apt(names, keep))))
        return json.loads(memo.read_text())

    def _memo(self, names, keep):
        return self.root / "resolved" / f"{names[0]}-{cache.fingerprint(*names, keep)}"

    def _ask_apt(self, names, keep):
        self._update()
        found = []
        for line in self._apt("install", "--print-uris", "-qq", *names).splitlines():
            if not line.startswith("'"):
                continue
            name, version, _ = line.split()[1].split("_")
            if re.fullmatch(keep, name):
                found.append((name, unquote(version)))
        return found

    # apt

    def _apt(self, *arguments, cwd=None, program="apt-get"):
        root = self.root
        options = {
            "Dir::Etc::sourcelist": root / "sources.list",
            "Dir::Etc::sourceparts": "/dev/null",
            "Dir::Etc::preferences": "/dev/null",
            "Dir::Etc::preferencesparts": "/dev/null",
            "Dir::State": root / "state",
            "Dir::State::status": "/dev/null",
            "Dir::Cache": root / "cache",
            "APT::Architecture": "amd64",
            "APT::Architectures": "amd64",
            "APT::Install-Recommends": "false",
            "APT::Sandbox::User": "root",
            "Acquire::Languages": "none",
            "Acquire::Retries": "3",
        }
        options = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
        return command.text(program, *options, *arguments, cwd=cwd)

    def _update(self, again=False):
        """Fetch the suite's package lists, once per cache."""
        with cache.lock(f"apt-{self.name}"):
            done = self.root / "updated"
            if done.exists() and not again:
                return
            say(f"downloading Debian {self.name}'s package lists")
            (self.root / "state/lists/partial").mkdir(parents=True, exist_ok=True)
            (self.root / "cache/archives/partial").mkdir(parents=True, exist_ok=True)
            (self.root / "sources.list").write_text(self._sources())
            self._apt("update", "-qq", "--error-on=any")
            done.touch()

    def _sources(self):
        if not Path(KEYRING).exists():
            raise RigProblem(f"{KEYRING} is missing: apt-get install debian-archive-keyring")
        known = mirror.configured()
        lines = [f"deb [signed-by={KEYRING}] {mirror.archive(known)} {self.name} main\n"]
        security = mirror.security(known)
        if security and self.name in SUITES_WITH_SECURITY:
            lines.append(f"deb [signed-by={KEYRING}] {security} {self.name}-security main\n")
        return "".join(lines)

    # Packages

    def _fetch(self, missing):
        """Download and unpack {folder: (package, version)}."""
        if not missing:
            return
        *_, (last, _) = missing.values()
        say(f"downloading {len(missing)} packages of Debian {self.name} ({last} …)")
        self._update()
        with cache.scratch(cache.root() / "packages") as here:
            try:
                self._apt("download", "-qq", *map("=".join, missing.values()), cwd=here)
            except RigProblem as problem:
                raise DownloadFailed(str(problem))
            for folder, (name, _) in missing.items():
                [deb] = here.glob(f"{name}_*.deb")
                command.run("dpkg", "-x", deb, here / folder.name)
                (here / folder.name).rename(folder)


def _folder(name, version):
    # As in the names of .deb files: a colon would split a library path.
    return cache.root() / "packages" / f"{name}_{version.replace(':', '%3a')}"
