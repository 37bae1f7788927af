"""The folder where downloaded packages and built images are kept between runs.

Several rigs may run at once: whatever appears under its final name is complete, because it is
made under a temporary name, behind a lock, and then renamed.
"""

import fcntl
import hashlib
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path


def root():
    """Return the cache folder, created if need be."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(base) / "pvhefi"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def lock(name):
    """Let only one process at a time do what NAME stands for."""
    folder = root() / "locks"
    folder.mkdir(exist_ok=True)
    with open(folder / name, "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def scratch(parent):
    """A temporary folder beside the final place, so that a rename is all that is left to do."""
    parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".new-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def once(path, make):
    """Return PATH (a file or folder); if it is not there yet, MAKE(temporary path) creates it."""
    if path.exists():
        return path
    with lock(path.name), scratch(path.parent) as folder:
        if not path.exists():
            made = folder / path.name
            make(made)
            made.rename(path)
    return path


def fingerprint(*inputs):
    """Return a short hash of INPUTS: the content of a Path, else the text itself."""
    digest = hashlib.sha256()
    for item in inputs:
        digest.update(item.read_bytes() if isinstance(item, Path) else str(item).encode())
        digest.update(b"\0")
    return digest.hexdigest()[:12]
