"""Writes initramfs archives (cpio "newc"): without root, same input, same bytes."""

import os
import stat


class Cpio:
    """An archive being filled; parent folders are added by themselves."""

    def __init__(self):
        self._entries = {}

    def add(self, name, content, mode=0o644):
        """Add a regular file."""
        self._put(name, stat.S_IFREG | mode, content)

    def add_program(self, name, file):
        """Add a copy of the program or script FILE."""
        self._put(name, stat.S_IFREG | 0o755, open(file, "rb").read())

    def add_link(self, name, target):
        """Add a symbolic link."""
        self._put(name, stat.S_IFLNK | 0o777, os.fsencode(target))

    def add_folder(self, name):
        """Add a folder and those above it."""
        if name and name not in self._entries:
            self._put(name, stat.S_IFDIR | 0o755, b"")

    def _put(self, name, mode, content):
        name = name.strip("/")
        self.add_folder(os.path.dirname(name))
        self._entries[name] = (mode, content)

    def pack(self):
        """Return the archive's bytes."""
        members = [_member(number, name, mode, content)
                   for number, (name, (mode, content)) in enumerate(self._entries.items(), 1)]
        return b"".join(members) + _member(0, "TRAILER!!!", 0, b"")


def _member(inode, name, mode, content):
    path = os.fsencode(name) + b"\0"
    links, owner, mtime, device = 1, 0, 0, 0
    fields = (inode, mode, owner, owner, links, mtime, len(content),
              device, device, device, device, len(path), 0)
    header = b"070701" + b"".join(b"%08X" % field for field in fields)
    return _padded(header + path) + _padded(content)


def _padded(data):
    return data + bytes(-len(data) % 4)
