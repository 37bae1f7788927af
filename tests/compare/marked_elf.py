"""A PVH kernel that says so on Xen's debug port before its first instruction."""

import struct
from collections import namedtuple

PT_LOAD, PT_NOTE = 1, 4
PHYS32_ENTRY = 18
PORT = 0xe9
PAGE = 4096
FLAGS_RX = 5
Layout = namedtuple("Layout", "header program order")
# Elf32_Ehdr and Elf64_Ehdr behind e_ident; program headers, and in which order their fields come.
LAYOUTS = {1: Layout("<HHIIIIIHHHHHH", "<IIIIIIII", "type offset vaddr paddr filesz memsz flags align"),
           2: Layout("<HHIQQQIHHHHHH", "<IIQQQQQQ", "type flags offset vaddr paddr filesz memsz align")}
IDENT_BYTES = 16


class MarkedElf:
    """The ELF file CONTENT with one more segment, to which the PVH note leads: it prints TEXT and goes on."""

    def __init__(self, content, text):
        self._content, self._text = bytearray(content), text
        self._layout = LAYOUTS[content[4]]
        self._header = list(struct.unpack_from(self._layout.header, content, IDENT_BYTES))
        self._segments = [self._segment(number) for number in range(self._header[9])]

    def bytes(self):
        """Return the new file."""
        entry_at = self._entry_offset()
        [entry] = struct.unpack_from("<I", self._content, entry_at)
        loaded = [segment for segment in self._segments if segment["type"] == PT_LOAD]
        address = _up(max(segment["paddr"] + segment["memsz"] for segment in loaded))
        code = stub(address, entry, self._text)
        offset = _up(len(self._content))
        struct.pack_into("<I", self._content, entry_at, address)
        self._segments.append({"type": PT_LOAD, "offset": offset, "vaddr": address, "paddr": address,
                               "filesz": len(code), "memsz": len(code), "flags": FLAGS_RX, "align": PAGE})
        self._content += bytes(offset - len(self._content)) + code
        self._append_headers()
        return bytes(self._content)

    def _segment(self, number):
        offset = self._header[4] + number * self._header[8]
        return dict(zip(self._layout.order.split(), struct.unpack_from(self._layout.program, self._content, offset)))

    def _entry_offset(self):
        """Return where in the file the note holds the 32-bit entry point."""
        for segment in self._segments:
            if segment["type"] != PT_NOTE:
                continue
            at, end = segment["offset"], segment["offset"] + segment["filesz"]
            while at + 12 <= end:
                name_bytes, value_bytes, kind = struct.unpack_from("<III", self._content, at)
                value = at + 12 + _up(name_bytes, 4)
                if self._content[at + 12:at + 16] == b"Xen\0" and kind == PHYS32_ENTRY:
                    return value
                at = value + _up(value_bytes, 4)
        raise ValueError("no PVH entry point")

    def _append_headers(self):
        """The program headers are one more: they move to the end."""
        self._header[4], self._header[9] = len(self._content), len(self._segments)
        for segment in self._segments:
            self._content += struct.pack(self._layout.program, *(segment[name] for name in self._layout.order.split()))
        struct.pack_into(self._layout.header, self._content, IDENT_BYTES, *self._header)


def stub(address, entry, text):
    """Return 32-bit code for ADDRESS: TEXT and a newline to the port, then to ENTRY, ebx untouched, no stack."""
    code = b"\x66\xba" + struct.pack("<H", PORT)                    # mov dx, PORT
    code += b"\xbe" + struct.pack("<I", address + 24)               # mov esi, text
    code += b"\xac\x84\xc0\x74\x03\xee\xeb\xf8"                     # 1: lodsb; test al, al; jz 2f; out dx, al; jmp 1b
    code += b"\xb8" + struct.pack("<I", entry) + b"\xff\xe0"        # 2: mov eax, entry; jmp eax
    assert len(code) == 24
    return code + text.encode() + b"\n\0"


def _up(value, unit=PAGE):
    return -(-value // unit) * unit
