"""The built-in guest initrd: busybox, guest-init and the module that shows EFI variables."""

from pathlib import Path

from . import cache
from .cpio import Cpio
from .xen import busybox

INIT = Path(__file__).with_name("guest-init")
MODULES = ("efivarfs",)


def build(kernel=None):
    """Return the built-in initrd for KERNEL (a kernel.Kernel; None: no modules)."""
    release = kernel.release if kernel else "any"
    name = f"initrd-{release}-{cache.fingerprint(INIT, Path(__file__), busybox())}"
    return cache.once(cache.root() / "built" / name, lambda new: new.write_bytes(_pack(kernel)))


def _pack(kernel):
    archive = Cpio()
    for folder in ("proc", "sys", "dev"):
        archive.add_folder(folder)
    archive.add_program("init", INIT)
    archive.add_program("bin/busybox", busybox())
    modules = kernel.modules(MODULES) if kernel else []
    for name, content in modules:
        archive.add(f"modules/{name}", content)
    archive.add("modules/order", "".join(f"{name}\n" for name, _ in modules).encode())
    return archive.pack()
