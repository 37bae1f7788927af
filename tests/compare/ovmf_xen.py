"""OvmfXen, built from Debian's source package: OVMF for Xen guests, which Debian ships for HVM guests only."""

import re

from rig import cache, command
from rig.progress import say
from rig.source import Source

SUITE, PACKAGE = "trixie", "edk2"
PLATFORM, TOOLCHAIN, TARGET = "OvmfPkg/OvmfXen.dsc", "GCC", "RELEASE"
PRODUCT = "Build/OvmfXen/RELEASE_GCC/FV/OVMF.fd"
# QEMU's emulation of AMD-V dies of a guest's CR8 (tcg_handle_interrupt: assertion failed); interrupts are off there anyway.
EXCEPTIONS = "UefiCpuPkg/Library/CpuExceptionHandlerLib/X64"
CR8 = {"mov     rax, cr8": "xor     rax, rax", "mov     cr8, rax": "nop"}
# A package's declarations of GUIDs: gNameGuid = {0x…, 0x…, 0x…, {0x…, …}}
DECLARATION = re.compile(r"^\s*g(\w+?)(?:Guid)?\s*=\s*(\{[^#\n]*\})", re.M)
GUID_NUMBERS = 11
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


def names():
    """Return {GUID: name} of the protocols and tables that the package declares."""
    source = Source(SUITE, PACKAGE)
    memo = cache.root() / "built" / f"edk2-guids-{source.version()}"
    cache.once(memo, lambda new: _write_names(source, new))
    return dict(line.split() for line in memo.read_text().splitlines())


def _write_names(source, new):
    with cache.scratch(cache.root() / "built") as folder:
        declarations = source.unpack(folder).glob("*/*.dec")
        new.write_text("".join(f"{guid} {name}\n" for file in declarations
                               for guid, name in declared(file.read_text(errors="replace"))))


def declared(text):
    """Yield (GUID, name) of each GUID that a package's declaration TEXT defines."""
    for name, value in DECLARATION.findall(text):
        numbers = [int(number, 16) for number in re.findall("0x([0-9a-fA-F]+)", value)]
        if len(numbers) == GUID_NUMBERS:
            first, second, third, *rest = numbers
            tail = "".join(f"{byte:02X}" for byte in rest)
            yield f"{first:08X}-{second:04X}-{third:04X}-{tail[:4]}-{tail[4:]}", name


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
