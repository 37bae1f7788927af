#include "tests/unit/pe_builder.h"

#include <string.h>

struct section {
    const char *name;
    uint32_t virtual_bytes;
    uint32_t rva;
    uint32_t raw_bytes;
    uint32_t raw_offset;
    uint32_t flags;
};

static void put(struct pe_file *file, size_t offset, uint64_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        file->bytes[offset + i] = (uint8_t)(value >> (8 * i));
}

void pe_put16(struct pe_file *file, size_t offset, uint16_t value)
{
    put(file, offset, value, sizeof(value));
}

void pe_put32(struct pe_file *file, size_t offset, uint32_t value)
{
    put(file, offset, value, sizeof(value));
}

void pe_put64(struct pe_file *file, size_t offset, uint64_t value)
{
    put(file, offset, value, sizeof(value));
}

static void put_headers(struct pe_file *file)
{
    pe_put16(file, 0, 0x5a4d);
    pe_put32(file, PE_LFANEW, PE_SIGNATURE_FIELD);
    pe_put32(file, PE_SIGNATURE_FIELD, 0x4550);
    pe_put16(file, PE_MACHINE, 0x8664);
    pe_put16(file, PE_SECTION_COUNT, 3);
    pe_put16(file, PE_OPTIONAL_BYTES, 112 + 16 * 8);
    pe_put16(file, PE_CHARACTERISTICS, 0x22);
    pe_put16(file, PE_MAGIC, 0x20b);
    pe_put32(file, PE_ENTRY, PE_ENTRY_RVA);
    pe_put64(file, PE_IMAGE_BASE, PE_PREFERRED_BASE);
    pe_put32(file, PE_SECTION_ALIGNMENT, 0x1000);
    pe_put32(file, PE_SIZE_OF_IMAGE, PE_IMAGE_BYTES);
    pe_put32(file, PE_SIZE_OF_HEADERS, PE_HEADER_BYTES);
    pe_put16(file, PE_SUBSYSTEM, 10);
    pe_put16(file, PE_DLL_CHARACTERISTICS, 0x100);
    pe_put32(file, PE_DIRECTORY_COUNT, 16);
    pe_put32(file, PE_RELOCATION_RVA, 0x4000);
    pe_put32(file, PE_RELOCATION_BYTES, 0x12);
}

static void put_section(struct pe_file *file, unsigned int index, const struct section *section)
{
    memcpy(file->bytes + PE_SECTION_FIELD(index, PE_NAME), section->name, strlen(section->name));
    pe_put32(file, PE_SECTION_FIELD(index, PE_VIRTUAL_BYTES), section->virtual_bytes);
    pe_put32(file, PE_SECTION_FIELD(index, PE_RVA), section->rva);
    pe_put32(file, PE_SECTION_FIELD(index, PE_RAW_BYTES), section->raw_bytes);
    pe_put32(file, PE_SECTION_FIELD(index, PE_RAW_OFFSET), section->raw_offset);
    pe_put32(file, PE_SECTION_FIELD(index, PE_SECTION_FLAGS), section->flags);
}

static void put_sections(struct pe_file *file)
{
    static const struct section sections[] = {
        [PE_TEXT] = {".text", 0x180, 0x1000, 0x200, 0x200, 0x60000020},
        [PE_DATA] = {".data", 0x1100, 0x2000, 0x200, 0x400, 0xc0000040},
        [PE_RELOC] = {".reloc", 0x18, 0x4000, 0x200, 0x600, 0x42000040},
    };

    for (unsigned int i = 0; i < sizeof(sections) / sizeof(sections[0]); i++)
        put_section(file, i, &sections[i]);
}

static void put_relocations(struct pe_file *file)
{
    static const uint16_t fixups[] = {0xa010, 0x3021, 0x1030, 0x2040, 0x0000};
    size_t offset = 0x600;

    memset(file->bytes + offset, 0, 0x200);
    pe_put32(file, offset, 0x2000);
    pe_put32(file, offset + 4, 8 + sizeof(fixups));
    for (size_t i = 0; i < sizeof(fixups) / sizeof(fixups[0]); i++)
        pe_put16(file, offset + 8 + i * sizeof(fixups[0]), fixups[i]);
}

struct pe_file pe_build(void)
{
    struct pe_file file = {0};

    for (size_t i = PE_HEADER_BYTES; i < PE_FILE_BYTES; i++)
        file.bytes[i] = (uint8_t)(i * 7 + 1);
    put_headers(&file);
    put_sections(&file);
    put_relocations(&file);
    return file;
}
