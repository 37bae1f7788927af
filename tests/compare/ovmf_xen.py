"""OvmfXen, built from Debian's source package: OVMF for Xen guests, which Debian ships for HVM guests only."""

from rig import cache, command
from rig.progress import say
from rig.source import Source

SUITE, PACKAGE = "trixie", "edk2"
PLATFORM, TOOLCHAIN, TARGET = "OvmfPkg/OvmfXen.dsc", "GCC", "RELEASE"
PRODUCT = "Build/OvmfXen/RELEASE_GCC/FV/OVMF.fd"
# QEMU's emulation of AMD-V dies of a guest's CR8 (tcg_handle_interrupt: assertion failed); interrupts are off there anyway.
EXCEPTIONS = "UefiCpuPkg/Library/CpuExceptionHandlerLib/X64"
CR8 = {"mov     rax, cr8": "xor     rax, rax", "mov     cr8, rax": "nop"}
# What a build takes on two idle cores.
MINUTES = 10


def image():
    """Return OVMF.fd, which is also an ELF file with a PVH entry; built once for each version of the package."""
    source = Source(SUITE, PACKAGE)
    recipe = cache.fingerprint(PLATFORM, TOOLCHAIN, TARGET, EXCEPTIONS, *CR8.items())
    return cache.once(cache.root() / "built" / f"OvmfXen-{source.version()}-{recipe}.fd", lambda new: _build(source, new))


def version():
    """Return the Debian version of what image() returns."""
    return Source(SUITE, PACKAGE).version()


def _build(source, new):
    with cache.scratch(cache.root() / "built") as folder:
        tree = source.unpack(folder)
        _leave_cr8_alone(tree)
        say(f"building OvmfXen {source.version()}: its build tools")
        _shell("make -C BaseTools -j2", tree)
        say(f"building OvmfXen {source.version()}: some {MINUTES} minutes on two cores")
        _shell(f". ./edksetup.sh && build -p {PLATFORM} -a X64 -t {TOOLCHAIN} -b {TARGET} -n 2", tree)
        (tree / PRODUCT).rename(new)


def _leave_cr8_alone(tree):
    for file in (tree / EXCEPTIONS).glob("*.nasm"):
        text = file.read_text()
        for old, new in CR8.items():
            text = text.replace(old, new)
        file.write_text(text)


def _shell(line, tree):
    """Run a shell's LINE at the TREE's root."""
    command.run("bash", "-c", f"export WORKSPACE=$PWD; {line} 2>&1", cwd=tree)
