/*
 * The headers of a PE32+ file as they stand in the file. Private to loader/pe*.c.
 */
#ifndef PVHEFI_LOADER_PE_HEADERS_H
#define PVHEFI_LOADER_PE_HEADERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <efi.h>

#define PE_RELOCATIONS_STRIPPED      0x0001     /* pe_coff_header.characteristics */
#define PE_NX_COMPAT                 0x0100     /* pe_optional_header.dll_characteristics */
#define PE_SECTION_EXECUTE           0x20000000 /* pe_section_header.characteristics */
#define PE_SECTION_READ              0x40000000
#define PE_SECTION_WRITE             0x80000000
#define PE_SECTION_NAME_BYTES        8
#define PE_DIRECTORY_RESOURCE        2
#define PE_DIRECTORY_BASE_RELOCATION 5

struct pe_coff_header {
    uint32_t signature; /* stands in front of the COFF header proper */
    uint16_t machine;
    uint16_t section_count;
    uint32_t time;
    uint32_t symbol_table;
    uint32_t symbol_count;
    uint16_t optional_bytes;
    uint16_t characteristics;
} __attribute__((packed));

/* As far as every PE32+ file has it; `directory_count` data directories follow. */
struct pe_optional_header {
    uint16_t magic;
    uint16_t linker_version;
    uint32_t code_bytes;
    uint32_t data_bytes;
    uint32_t bss_bytes;
    uint32_t entry_rva;
    uint32_t code_rva;
    uint64_t image_base;
    uint32_t section_alignment;
    uint32_t file_alignment;
    uint16_t versions[6];
    uint32_t win32_version;
    uint32_t image_bytes;
    uint32_t header_bytes;
    uint32_t checksum;
    uint16_t subsystem;
    uint16_t dll_characteristics;
    uint64_t stack_and_heap[4];
    uint32_t loader_flags;
    uint32_t directory_count;
} __attribute__((packed));

struct pe_data_directory {
    uint32_t rva;
    uint32_t bytes;
} __attribute__((packed));

struct pe_section_header {
    char name[PE_SECTION_NAME_BYTES];
    uint32_t virtual_bytes;
    uint32_t rva;
    uint32_t raw_bytes;
    uint32_t raw_offset;
    uint32_t relocations_offset;
    uint32_t lines_offset;
    uint16_t relocation_count;
    uint16_t line_count;
    uint32_t characteristics;
} __attribute__((packed));

_Static_assert(sizeof(struct pe_coff_header) == 24, "PE: signature and COFF header");
_Static_assert(sizeof(struct pe_optional_header) == 112, "PE: optional header");
_Static_assert(offsetof(struct pe_optional_header, image_base) == 24, "PE: ImageBase");
_Static_assert(offsetof(struct pe_optional_header, image_bytes) == 56, "PE: SizeOfImage");
_Static_assert(offsetof(struct pe_optional_header, subsystem) == 68, "PE: Subsystem");
_Static_assert(sizeof(struct pe_data_directory) == 8, "PE: data directory");
_Static_assert(sizeof(struct pe_section_header) == 40, "PE: section header");
_Static_assert(offsetof(struct pe_section_header, characteristics) == 36, "PE: Characteristics");

struct pe_headers {
    struct pe_coff_header coff;
    struct pe_optional_header optional;
    struct pe_data_directory resources; /* zeroes when the file has no such directory */
    struct pe_data_directory relocations;
    uint64_t section_table; /* offset in the file; not checked */
};

/*
 * Finds and reads the headers and checks what they are for: signatures, machine, format, subsystem,
 * and that they have the sizes which they claim. Errors and messages as for pe_parse().
 */
EFI_STATUS pe_headers_read(const void *file, size_t file_bytes, struct pe_headers *ret_headers);

#endif
