"""ext4 file systems in image files, made and read without root."""

import os
import subprocess
from uuid import UUID

MIB = 2**20
# For disks with such sectors, too.
BLOCK_BYTES = 4096
# What the GRUB of Debian 12 cannot read, and newer hosts would choose by themselves.
NOT_FOR_GRUB = "^orphan_file,^metadata_csum_seed"
ROOT = UUID("7a3c1c58-52a4-4f7a-8f55-70766865666a")


def make(file, folder, mib):
    """Make FILE an ext4 file system of MIB that holds what is in FOLDER; its UUID is ROOT."""
    with open(file, "wb") as image:
        image.truncate(mib * MIB)
    _run("mke2fs", "-q", "-F", "-t", "ext4", "-O", NOT_FOR_GRUB, "-U", str(ROOT), "-L", "root", "-b", str(BLOCK_BYTES),
         "-E", "root_owner=0:0", "-d", str(folder), str(file))


def problems(file):
    """Return what e2fsck finds wrong with FILE once it has played back the journal, "" if nothing."""
    done = _call("e2fsck", "-fp", str(file))
    return done.stdout if done.returncode > 1 else ""


def read(file, path):
    """Return the text of the file PATH in FILE's file system, whose journal must have been played back."""
    return _run("debugfs", "-R", f"cat {path}", str(file)).stdout


def _call(*command):
    tools = {**os.environ, "PATH": os.environ.get("PATH", "") + ":/usr/sbin:/sbin", "LC_ALL": "C"}
    return subprocess.run(command, capture_output=True, text=True, env=tools)


def _run(*command):
    done = _call(*command)
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    return done
