"""ext4 file systems in image files, made and read without root."""

from uuid import UUID

from . import command

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
    command.run("mke2fs", "-q", "-F", "-t", "ext4", "-O", NOT_FOR_GRUB, "-U", ROOT, "-L", "root", "-b", BLOCK_BYTES,
                "-E", "root_owner=0:0", "-d", folder, file)


def problems(file):
    """Return what e2fsck finds wrong with FILE once it has played back the journal, "" if nothing."""
    done = command.call("e2fsck", "-fp", file)
    return done.stdout.decode(errors="replace") if done.returncode > 1 else ""


def read(file, path):
    """Return the text of the file PATH in FILE's file system, whose journal must have been played back."""
    return command.text("debugfs", "-R", f"cat {path}", file)
