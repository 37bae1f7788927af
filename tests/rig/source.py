"""Debian source packages, downloaded and unpacked without touching the system."""

from . import cache, command, mirror
from .debian import KEYRING, Suite
from .problem import RigProblem
from .progress import say


class Source(Suite):
    """The source package PACKAGE of Debian's SUITE, in an apt root that knows source packages only."""

    def __init__(self, suite, package):
        super().__init__(suite)
        self.root = cache.root() / "apt" / f"{suite}-source"
        self.package = package

    def version(self):
        """Return the version that the suite has, remembered like the versions of binary packages."""
        memo = self.root / "resolved" / self.package
        cache.once(memo, lambda new: new.write_text(self._newest()))
        return memo.read_text()

    def unpack(self, folder):
        """Download the source, with Debian's patches, into FOLDER and return its root."""
        say(f"downloading the source of {self.package} {self.version()}")
        self._update()
        # Two halves instead of the whole: that leaves out the .dsc, which mirrors drop when it is superseded.
        for half in ("--tar-only", "--diff-only"):
            self._apt("source", "--download-only", "-qq", half, f"{self.package}={self.version()}", cwd=folder)
        [upstream] = folder.glob("*.orig.tar.*")
        command.run("tar", "-xf", upstream, cwd=folder)
        upstream.unlink()
        [tree] = (path for path in folder.iterdir() if path.is_dir())
        [debian] = folder.glob("*.debian.tar.*")
        command.run("tar", "-xf", debian, cwd=tree)
        for patch in (tree / "debian/patches/series").read_text().splitlines():
            if patch.strip() and not patch.startswith("#"):
                command.run("patch", "-s", "-p1", "-i", f"debian/patches/{patch}", cwd=tree)
        return tree

    def _newest(self):
        self._update()
        shown = self._apt("showsrc", "--only-source", self.package, program="apt-cache")
        versions = [line.split()[1] for line in shown.splitlines() if line.startswith("Version: ")]
        if not versions:
            raise RigProblem(f"Debian {self.name} has no source package {self.package}")
        return versions[0]

    def _sources(self):
        return f"deb-src [signed-by={KEYRING}] {mirror.archive(mirror.configured())} {self.name} main\n"
