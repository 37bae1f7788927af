"""A kernel that says when it begins."""

import struct
import unittest

from compare import marked_elf

ENTRY, TEXT = 0x1000d0, "mark: start"


def elf(bits):
    """Return a PVH kernel of one segment, its note behind the program headers."""
    layout = marked_elf.LAYOUTS[1 if bits == 32 else 2]
    header_bytes = marked_elf.IDENT_BYTES + struct.calcsize(layout.header)
    program_bytes = struct.calcsize(layout.program)
    note = struct.pack("<III4sI", 4, 4, marked_elf.PHYS32_ENTRY, b"Xen\0", ENTRY)
    note_at = header_bytes + 2 * program_bytes
    size = note_at + len(note)
    common = {"flags": 5, "align": 4}
    load = {"type": 1, "offset": 0, "vaddr": 0x100000, "paddr": 0x100000, "filesz": size, "memsz": 0x5001, **common}
    notes = {"type": 4, "offset": note_at, "vaddr": 0, "paddr": 0, "filesz": len(note), "memsz": len(note), **common}
    ident = b"\x7fELF" + bytes([1 if bits == 32 else 2, 1, 1]) + bytes(9)
    header = struct.pack(layout.header, 2, 3, 1, ENTRY, header_bytes, 0, 0, header_bytes, program_bytes, 2, 0, 0, 0)
    programs = b"".join(struct.pack(layout.program, *(s[name] for name in layout.order.split())) for s in (load, notes))
    return ident + header + programs + note


class MarkedElf(unittest.TestCase):
    """A kernel of either class gets a segment, to which its entry leads."""

    def check(self, bits):
        """The new segment lies behind the old one, prints the text and jumps to the old entry."""
        content = marked_elf.MarkedElf(elf(bits), TEXT).bytes()
        layout = marked_elf.LAYOUTS[content[4]]
        header = struct.unpack_from(layout.header, content, marked_elf.IDENT_BYTES)
        self.assertEqual(header[9], 3)
        last = dict(zip(layout.order.split(), struct.unpack_from(layout.program, content, header[4] + 2 * header[8])))
        self.assertEqual(last["paddr"], 0x106000)
        code = content[last["offset"]:last["offset"] + last["filesz"]]
        self.assertTrue(code.endswith(TEXT.encode() + b"\n\0"))
        self.assertIn(struct.pack("<I", ENTRY), code)
        self.assertIn(struct.pack("<III4sI", 4, 4, 18, b"Xen\0", 0x106000), content)

    def test_32_bits(self):
        """OvmfXen is one."""
        self.check(32)

    def test_64_bits(self):
        """pvhefi and Linux are."""
        self.check(64)

    def test_no_entry(self):
        """An ELF file without the note is refused."""
        with self.assertRaises(ValueError):
            marked_elf.MarkedElf(elf(64).replace(b"Xen\0", b"Net\0"), TEXT).bytes()
