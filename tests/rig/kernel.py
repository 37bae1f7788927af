"""A Debian kernel: its vmlinuz, and modules in the order in which to load them."""

import lzma
import re
import struct
from pathlib import Path

from . import command
from .debian import Suite
from .problem import RigProblem

META_PACKAGES = {
    "cloud": "linux-image-cloud-amd64",
    "standard": "linux-image-amd64",
    "rt": "linux-image-rt-amd64",
}
# The meta package names linux-image-<version>; since 2026 the files sit in linux-binary-<version>
# and linux-modules-<version>.
REAL_PACKAGES = r"linux-(image|binary|modules)-\d.*"
LZ4_LEGACY = b"\x02\x21\x4c\x18"


class Kernel:
    """The newest kernel of a Debian suite ("bookworm") and flavour ("cloud", "standard", "rt")."""

    def __init__(self, suite, flavour="cloud"):
        tree = Suite(suite).packages(META_PACKAGES[flavour], keep=REAL_PACKAGES)
        self.vmlinuz = _vmlinuz(tree)
        folder = tree.find("lib/modules/*/kernel")
        self.release = folder.parent.name
        self._files = {_module_name(file): file for file in folder.rglob("*.ko*")}

    def vmlinux(self):
        """Return the ELF file inside vmlinuz, which saves Xen from unpacking it slowly."""
        image = self.vmlinuz.read_bytes()
        # Offsets in the boot protocol's header: Linux, Documentation/arch/x86/boot.rst.
        setup_sectors = image[0x1f1]
        offset, length = struct.unpack_from("<II", image, 0x248)
        start = (setup_sectors + 1) * 512 + offset
        return _unpack(image[start:start + length])

    def modules(self, names):
        """Return [(file name, content)] of the modules NAMES after all that they depend on.

        A name without a file is passed over: other kernels have it built in.
        """
        wanted = {}
        for name in names:
            self._add(name.replace("-", "_"), wanted)
        return [(f"{name}.ko", content) for name, content in wanted.items()]

    def _add(self, name, wanted):
        if name in wanted or name not in self._files:
            return
        content = _uncompressed(self._files[name])
        # depmod's list is made at installation only; the module itself says what it needs.
        for dependency in re.search(rb"\0depends=([^\0]*)\0", content)[1].decode().split(","):
            self._add(dependency.replace("-", "_"), wanted)
        wanted[name] = content


def _unpack(payload):
    """Return what a bzImage's payload becomes; behind the packed data stands the size of that."""
    if payload.startswith(LZ4_LEGACY):
        return command.run("lz4", "-dc", stdin=payload[:-4])
    return lzma.LZMADecompressor().decompress(payload)


def _vmlinuz(tree):
    found = [file for pattern in ("boot/vmlinuz-*", "usr/lib/modules/*/vmlinuz")
             for file in tree.glob(pattern)]
    if not found:
        raise RigProblem(f"no vmlinuz in {', '.join(folder.name for folder in tree.folders)}")
    return found[0]


def _module_name(file):
    return file.name.split(".ko")[0].replace("-", "_")


def _uncompressed(file):
    content = Path(file).read_bytes()
    return lzma.decompress(content) if file.suffix == ".xz" else content
