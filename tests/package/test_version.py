"""The version: of a checkout, of an archive of it, of neither."""

import io
import shutil
import tarfile
import tempfile
import subprocess
import unittest
from pathlib import Path

import tree

SECONDS = 1795393832    # 2026-11-23
IDENTITY = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", "a"), ("EMAIL", "a@b"), ("DATE", f"{SECONDS} +0200"))}


class Version(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name) / "pvhefi"
        (self.folder / "packaging").mkdir(parents=True)
        for name in (".gitattributes", "packaging/version", "packaging/commit"):
            shutil.copy2(tree.ROOT / name, self.folder / name)

    def git(self, *arguments):
        return tree.run("git", *arguments, cwd=self.folder, **IDENTITY).strip()

    def commit(self):
        self.git("init", "-q")
        self.git("add", ".")
        self.git("commit", "-qm", "first")
        return self.git("rev-parse", "HEAD")[:12]

    def version(self, folder=None):
        folder = folder or self.folder
        return tree.run(folder / "packaging/version", cwd="/")

    def archived(self):
        """Return the version that an archive of the checkout has."""
        tar = subprocess.run(["git", "archive", "HEAD"], cwd=self.folder, capture_output=True, check=True).stdout
        with tempfile.TemporaryDirectory() as folder:
            tarfile.open(fileobj=io.BytesIO(tar)).extractall(folder)
            return self.version(Path(folder))

    def test_checkout(self):
        commit = self.commit()
        self.assertEqual(self.version(), f"0.1~20261123.{commit} {SECONDS}\n")
        self.assertEqual(self.archived(), self.version())

    def test_changed(self):
        commit = self.commit()
        clean = self.version()
        with (self.folder / "packaging/version").open("a") as file:
            file.write("# more\n")
        self.assertEqual(self.version(), f"0.1~20261123.{commit}+changed {SECONDS}\n")
        self.assertEqual(self.archived(), clean)

    def test_release(self):
        self.commit()
        self.git("tag", "-a", "-m", "a release", "v0.1")
        self.assertEqual(self.version(), f"0.1 {SECONDS}\n")
        self.assertEqual(self.archived(), self.version())

    def test_behind_a_release(self):
        self.commit()
        self.git("tag", "-a", "-m", "a release", "v0.0")
        self.git("commit", "-q", "--allow-empty", "-m", "second")
        self.assertRegex(self.version(), r"^0\.1~20261123\.[0-9a-f]{12} ")
        self.assertEqual(self.archived(), self.version())

    def test_nobody_knows(self):
        self.assertEqual(self.version(), "0.1~unknown 0\n")

    def test_in_somebody_elses_checkout(self):
        tree.run("git", "init", "-q", cwd=self.folder.parent)
        self.assertEqual(self.version(), "0.1~unknown 0\n")
