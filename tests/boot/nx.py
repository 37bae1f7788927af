"""Memory that may not be executed, written or read: what programs ask for, and what NX_COMPAT means."""

import struct

from .case import Case
from .quick import Machine, expect_exit, expect_halt

# Offsets from the PE signature, and the bit.
DLL_CHARACTERISTICS = 24 + 70
NX_COMPAT = 0x100

# What happens to a program with and without NX_COMPAT.
COMPATIBLE = {"data": "page fault", "pool": "page fault", "code": None, "allowed": None, "freed": None, "exit": None,
              "read-only": "page fault", "forbidden": "page fault"}
OTHER = {"data": None, "pool": None, "allowed": None, "freed": None, "exit": None, "read-only": "page fault"}


def cases(firmware, efi_programs):
    """Return the cases; the image that says NX_COMPAT is made beside the one that does not."""
    program = efi_programs / "nx.efi"
    compatible = efi_programs / "nx-compatible.efi"
    compatible.write_bytes(_with_nx_compat(program.read_bytes()))
    return ([_case("NX_COMPAT", Machine(compatible, firmware, option), message)
             for option, message in COMPATIBLE.items()] +
            [_case("no NX_COMPAT", Machine(program, firmware, option), message) for option, message in OTHER.items()])


def _with_nx_compat(image):
    offset = struct.unpack_from("<I", image, 0x3c)[0] + DLL_CHARACTERISTICS
    characteristics = struct.unpack_from("<H", image, offset)[0]
    return image[:offset] + struct.pack("<H", characteristics | NX_COMPAT) + image[offset + 2:]


def _case(kind, machine, message):
    def check(result):
        if message:
            expect_halt(result, f"exception: {message}")
        else:
            expect_exit(result)

    return Case(f"quick: {kind}, {machine.cmdline}", machine, check)
