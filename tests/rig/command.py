"""Runs a program of this machine to its end. Whatever goes wrong is a RigProblem that tells what was run."""

import os
import subprocess

from .problem import RigProblem

# Debian keeps the tools for file systems where not everybody's path leads; mtools would refuse volumes of odd sizes.
ENVIRONMENT = {"PATH": ":/usr/sbin:/sbin", "LC_ALL": "C.UTF-8", "MTOOLS_SKIP_CHECK": "1"}
# Of a failed program's output, and of a long command's words, those that tell most come last.
LAST_LINES, LAST_WORDS = 15, 4


def run(*command, cwd=None, stdin=b""):
    """Return the bytes that COMMAND wrote to its standard output; STDIN are those that it gets to read."""
    done = call(*command, cwd=cwd, stdin=stdin)
    if done.returncode:
        raise RigProblem(f"{_shown(command)} failed ({done.returncode}):\n{_last_lines(done)}")
    return done.stdout


def text(*command, cwd=None):
    """Return what COMMAND wrote, as text."""
    return run(*command, cwd=cwd).decode(errors="replace")


def call(*command, cwd=None, stdin=b""):
    """Return the CompletedProcess of a COMMAND whose failure is an answer, too."""
    environment = {**os.environ, **ENVIRONMENT, "PATH": os.environ.get("PATH", "") + ENVIRONMENT["PATH"]}
    try:
        return subprocess.run(list(map(str, command)), cwd=cwd, input=stdin, capture_output=True, env=environment)
    except FileNotFoundError:
        raise RigProblem(f"{command[0]} is missing: tests/on-debian installs what the tests need")


def _shown(command):
    words = list(map(str, command))
    return " ".join(words if len(words) <= LAST_WORDS + 1 else [words[0], "…", *words[-LAST_WORDS:]])


def _last_lines(done):
    lines = (done.stdout + done.stderr).decode(errors="replace").strip().splitlines()
    return "\n".join(lines[-LAST_LINES:])
