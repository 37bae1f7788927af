"""The source tree and its make, for the tests of packaging."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(*command, cwd=ROOT, **environment):
    """Return what COMMAND prints; its failure is an error that tells what it said."""
    # Under `make check`, another make's options and variables would come along.
    clean = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=clean | environment)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}: {done.stdout}{done.stderr}")
    return done.stdout


def make(*arguments):
    """Run make on what is built already."""
    return run("make", "-s", *arguments)


def files(folder):
    """Return {path below FOLDER: mode or what a link leads to} of everything that is no folder."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = os.readlink(path)
        elif path.is_file():
            found[name] = oct(path.stat().st_mode & 0o7777)
    return found
