"""Files of several unpacked packages, seen as one file system."""

import re
from pathlib import Path

from . import command
from .problem import RigProblem

LIBRARY_FOLDERS = ("lib/x86_64-linux-gnu", "usr/lib/x86_64-linux-gnu", "lib", "usr/lib", "lib64",
                   "usr/lib64")


class Tree:
    """Unpacked packages, one folder each."""

    def __init__(self, folders):
        self.folders = [Path(folder) for folder in folders]

    def glob(self, pattern):
        """Return the files that match PATTERN in any of the packages, those of the first package first."""
        return [file for folder in self.folders for file in sorted(folder.glob(pattern))]

    def find(self, pattern):
        """Return the one file that matches PATTERN (with or without usr/ in front)."""
        found = self.glob(pattern) or self.glob("usr/" + pattern)
        if not found:
            names = ", ".join(folder.name for folder in self.folders[:4])
            raise RigProblem(f"no {pattern} in the Debian packages {names} …")
        return found[0]

    def library_folders(self):
        """Return every folder that the dynamic loader has to search."""
        return [folder / sub for folder in self.folders for sub in LIBRARY_FOLDERS
                if (folder / sub).is_dir()]

    def library(self, name):
        """Return the file of the shared library NAME."""
        for folder in self.library_folders():
            if (folder / name).exists():
                return folder / name
        raise RigProblem(f"shared library {name} is in none of the unpacked packages")

    def libraries_of(self, programs):
        """Return {name: file} of the shared libraries that PROGRAMS need, loader included."""
        found = {}
        queue = list(programs)
        while queue:
            for name in needed(queue.pop()):
                if name not in found:
                    found[name] = self.library(name)
                    queue.append(found[name])
        return found


def needed(file):
    """Return the shared libraries that the ELF FILE itself asks for (ldd without running it)."""
    return re.findall(r"\(NEEDED\).*\[(.+)\]", command.text("readelf", "-Wd", file))
