/*
 * Builds a small PE32+ file that the loader accepts, for tests that then spoil one field of it:
 *
 *   .text   0x1000..0x1180  read, execute    file 0x200, 0x200 bytes (padded)
 *   .data   0x2000..0x3100  read, write      file 0x400, 0x200 bytes (the rest is BSS)
 *   .reloc  0x4000..0x4018  read             file 0x600, 0x200 bytes (padded)
 *
 * The image has 0x5000 bytes and one relocation block for page 0x2000: DIR64 at 0x10, HIGHLOW at
 * 0x21, HIGH at 0x30, LOW at 0x40 and padding.
 */
#ifndef PVHEFI_TESTS_UNIT_PE_BUILDER_H
#define PVHEFI_TESTS_UNIT_PE_BUILDER_H

#include <stddef.h>
#include <stdint.h>

#define PE_FILE_BYTES     0x800
#define PE_IMAGE_BYTES    0x5000
#define PE_HEADER_BYTES   0x200
#define PE_PREFERRED_BASE UINT64_C(0x140000000)
#define PE_ENTRY_RVA      0x1020

/* Offsets of fields in the file; their widths are in the specification, and here in brackets. */
enum pe_field {
    PE_LFANEW = 0x3c,              /* [4] */
    PE_SIGNATURE_FIELD = 0x80,     /* [4] */
    PE_MACHINE = 0x84,             /* [2] */
    PE_SECTION_COUNT = 0x86,       /* [2] */
    PE_OPTIONAL_BYTES = 0x94,      /* [2] */
    PE_CHARACTERISTICS = 0x96,     /* [2] */
    PE_MAGIC = 0x98,               /* [2] */
    PE_ENTRY = 0xa8,               /* [4] */
    PE_IMAGE_BASE = 0xb0,          /* [8] */
    PE_SECTION_ALIGNMENT = 0xb8,   /* [4] */
    PE_SIZE_OF_IMAGE = 0xd0,       /* [4] */
    PE_SIZE_OF_HEADERS = 0xd4,     /* [4] */
    PE_SUBSYSTEM = 0xdc,           /* [2] */
    PE_DLL_CHARACTERISTICS = 0xde, /* [2] */
    PE_DIRECTORY_COUNT = 0x104,    /* [4] */
    PE_RESOURCE_RVA = 0x118,       /* [4] */
    PE_RESOURCE_BYTES = 0x11c,     /* [4] */
    PE_SECURITY_RVA = 0x128,       /* [4] */
    PE_SECURITY_BYTES = 0x12c,     /* [4] */
    PE_RELOCATION_RVA = 0x130,     /* [4] */
    PE_RELOCATION_BYTES = 0x134,   /* [4] */
    PE_SECTION_TABLE = 0x188,
};

/* Fields of a section header; see PE_SECTION_FIELD(). */
enum pe_section_field {
    PE_NAME = 0,
    PE_VIRTUAL_BYTES = 8,
    PE_RVA = 12,
    PE_RAW_BYTES = 16,
    PE_RAW_OFFSET = 20,
    PE_SECTION_FLAGS = 36,
};

enum pe_section_index {
    PE_TEXT,
    PE_DATA,
    PE_RELOC,
};

#define PE_SECTION_FIELD(section, field) (PE_SECTION_TABLE + (section)*40 + (field))

struct pe_file {
    uint8_t bytes[PE_FILE_BYTES];
};

struct pe_file pe_build(void);

/* Little endian, at any offset of the file. */
void pe_put16(struct pe_file *file, size_t offset, uint16_t value);
void pe_put32(struct pe_file *file, size_t offset, uint32_t value);
void pe_put64(struct pe_file *file, size_t offset, uint64_t value);

#endif
