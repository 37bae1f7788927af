"""The built-in guest initrd: busybox, guest-init and the module that shows EFI variables.

A Userland adds programs of Debian packages and a script, whose output becomes the report's lines "script: …".
"""

from dataclasses import dataclass
from pathlib import Path

from . import cache
from .cpio import Cpio
from .debian import Suite
from .xen import busybox

INIT = Path(__file__).with_name("guest-init")
MODULES = ("efivarfs",)
# Loaded only where there are disks.
DISK_MODULES = ("xen-blkfront", "nls_ascii", "nls_cp437", "vfat", "isofs")


@dataclass(frozen=True)
class Userland:
    """What guest-init runs besides: the file `script`, with `programs` (paths in the packages) on its path."""

    script: Path
    packages: tuple = ()
    programs: tuple = ()
    scripts: tuple = ()     # further ones of ours, on its path too
    files: tuple = ()       # (name, file on the host): in /files
    suite: str = "bookworm"

    def tree(self):
        """Return the unpacked packages."""
        return Suite(self.suite).packages(*self.packages)

    def fingerprint(self):
        """Return what changes when anything of it does."""
        folders = [folder.name for folder in self.tree().folders] if self.packages else []
        return cache.fingerprint(self.script, *self.scripts, *self.programs, *folders,
                                 *(file for _, file in self.files))


def build(kernel=None, userland=None):
    """Return the initrd for KERNEL (a kernel.Kernel; None: no modules), with a Userland."""
    release = kernel.release if kernel else "any"
    parts = [INIT, Path(__file__), busybox()] + ([userland.fingerprint()] if userland else [])
    name = f"initrd-{release}-{cache.fingerprint(*parts)}"
    return cache.once(cache.root() / "built" / name, lambda new: new.write_bytes(_pack(kernel, userland)))


def _pack(kernel, userland):
    archive = Cpio()
    for folder in ("proc", "sys", "dev", "tmp"):
        archive.add_folder(folder)
    archive.add_program("init", INIT)
    archive.add_program("bin/busybox", busybox())
    if kernel:
        _add_modules(archive, "order", kernel.modules(MODULES))
        _add_modules(archive, "disk-order", kernel.modules(DISK_MODULES))
    if userland:
        _add_userland(archive, userland)
    return archive.pack()


def _add_modules(archive, order, modules):
    for name, content in modules:
        archive.add(f"modules/{name}", content)
    archive.add(f"modules/{order}", "".join(f"{name}\n" for name, _ in modules).encode())


def _add_userland(archive, userland):
    archive.add_program("script", userland.script)
    for script in userland.scripts:
        archive.add_program(f"bin/{script.name}", script)
    for name, file in userland.files:
        archive.add(f"files/{name}", file.read_bytes())
    if not userland.programs:
        return
    tree = userland.tree()
    programs = [tree.find(path) for path in userland.programs]
    for program in programs:
        archive.add_program(f"bin/{program.name}", program)
    for name, file in tree.libraries_of(programs).items():
        archive.add_program(f"{'lib64' if name.startswith('ld-') else 'lib'}/{name}", file)
