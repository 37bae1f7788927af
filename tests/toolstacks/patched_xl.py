"""xl with contrib/xen's patches, built from Debian's source package."""

import shutil
from pathlib import Path

from rig import cache, command
from rig.progress import say
from rig.source import Source
from rig.toolstack import Toolstack

# The patches are against this one.
XEN, SUITE = "4.20", "trixie"
PATCHES = sorted((Path(__file__).resolve().parents[2] / "contrib/xen").glob("*.patch"))
# Debian's places, and none of what xl and its libraries do without; nobody here has a compressed PV kernel.
CONFIGURE = ("--prefix=/usr", "--libexecdir=/usr/lib", f"--with-libexec-leaf-dir=xen-{XEN}", "--sysconfdir=/etc",
             "--localstatedir=/var", "--with-system-qemu=/usr/libexec/xen-qemu-system-i386", *(f"--disable-{part}" for part in (
                 "xen", "docs", "stubdom", "ocamltools", "golang", "pygrub", "rombios", "seabios", "ovmf", "ipxe", "pvshim",
                 "systemd", "xsmpolicy")),
             *(f"ac_cv_header_{name}_h=no" for name in ("bzlib", "lzma", "lzo_lzo1x")))
# Debian's source package leaves these to its build.
MACHINE_NAMES = ("config.guess", "config.sub")
PARTS = ("tools/include", "tools/libs", "tools/xl")
# What a build takes on two idle cores.
MINUTES = 4


def toolstack():
    """Return xl and its libraries, built once for each version and set of patches."""
    source = Source(SUITE, "xen")
    recipe = cache.fingerprint(*CONFIGURE, *PARTS, *PATCHES)
    folder = cache.root() / "built" / f"xl-{source.version()}-{recipe}"
    return Toolstack((cache.once(folder, lambda new: _build(source, new)),))


def _build(source, new):
    with cache.scratch(cache.root() / "built") as scratch:
        tree = source.unpack(scratch)
        for patch in PATCHES:
            command.run("patch", "-s", "-p1", "--fuzz=0", "-i", patch, cwd=tree)
        _configure(tree)
        say(f"building xl {source.version()} with {len(PATCHES)} patches: some {MINUTES} minutes on two cores")
        for part in PARTS:
            # Nothing is to be downloaded meanwhile.
            command.run("make", "-j2", "-C", part, "WGET=false", "GIT=false", cwd=tree)
        _collect(tree, new)


def _configure(tree):
    for name in MACHINE_NAMES:
        shutil.copy(Path("/usr/share/misc") / name, tree)
    command.run("sh", "autogen.sh", cwd=tree)
    command.run("./configure", *CONFIGURE, cwd=tree)


def _collect(tree, new):
    programs, libraries = new / f"usr/lib/xen-{XEN}/bin", new / "usr/lib/x86_64-linux-gnu"
    programs.mkdir(parents=True)
    libraries.mkdir(parents=True)
    shutil.copy(tree / "tools/xl/xl", programs)
    for library in tree.glob("tools/libs/*/lib*.so.*"):
        shutil.copy(library, libraries)
