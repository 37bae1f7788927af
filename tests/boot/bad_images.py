"""Images that must be refused: a good EFI program with one thing wrong."""

import struct

PE_OFFSET = 0x3c
# Offsets from the PE signature (Microsoft PE/COFF specification).
MACHINE, SECTION_COUNT, OPTIONAL_BYTES = 4, 6, 20
OPTIONAL = 24
MAGIC, ENTRY = OPTIONAL + 0, OPTIONAL + 16
PE32_MAGIC, ARM64 = 0x10b, 0xaa64
# Offsets in a section header.
SECTION_BYTES, VIRTUAL_ADDRESS, RAW_BYTES = 40, 12, 16


class Image:
    """A PE file that can be changed field by field."""

    def __init__(self, good):
        self.bytes = bytearray(good)
        self._pe = self._get("<I", PE_OFFSET)

    def _get(self, form, offset):
        return struct.unpack_from(form, self.bytes, offset)[0]

    def set(self, form, offset, value):
        """Write one field of the headers behind the PE signature."""
        struct.pack_into(form, self.bytes, self._pe + offset, value)

    def section(self, index):
        """Return a section header's offset from the PE signature."""
        optional_bytes = self._get("<H", self._pe + OPTIONAL_BYTES)
        return OPTIONAL + optional_bytes + index * SECTION_BYTES

    def section_field(self, index, field):
        """Return one 32-bit field of a section header."""
        return self._get("<I", self._pe + self.section(index) + field)


def _changed(good, form, offset, value):
    image = Image(good)
    image.set(form, offset, value)
    return bytes(image.bytes)


def pe32(good):
    """32-bit."""
    return _changed(good, "<H", MAGIC, PE32_MAGIC)


def arm64(good):
    """For another CPU."""
    return _changed(good, "<H", MACHINE, ARM64)


def truncated(good):
    """The download broke off."""
    return good[:len(good) // 2]


def section_outside_file(good):
    """The first section claims more bytes than there are."""
    image = Image(good)
    image.set("<I", image.section(0) + RAW_BYTES, 0x7ffff000)
    return bytes(image.bytes)


def overlapping_sections(good):
    """The second section at the first one's address."""
    image = Image(good)
    address = image.section_field(0, VIRTUAL_ADDRESS)
    image.set("<I", image.section(1) + VIRTUAL_ADDRESS, address)
    return bytes(image.bytes)


def entry_outside(good):
    """Execution would begin behind the image."""
    return _changed(good, "<I", ENTRY, 0x7ffff000)


def no_image(_good):
    """Not a PE file at all."""
    return b"This is a text file, nothing to boot.\n" * 200


BAD = {
    "no PE image": (no_image, "expected an EFI image"),
    "PE32": (pe32, "32-bit image (PE32)"),
    "ARM64": (arm64, "image is for ARM64"),
    "truncated": (truncated, "file is truncated"),
    "section outside the file": (section_outside_file, "file is truncated: section 0"),
    "overlapping sections": (overlapping_sections, "overlap"),
    "entry point outside": (entry_outside, "entry point"),
}
