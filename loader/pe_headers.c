#include "loader/pe_headers.h"

#include "loader/lib/log.h"
#include "loader/lib/string.h"

#define DOS_MAGIC       0x5a4d     /* "MZ" */
#define PE_SIGNATURE    0x00004550 /* "PE\0\0" */
#define MACHINE_X86_64  0x8664
#define MAGIC_PE32      0x10b
#define MAGIC_PE32_PLUS 0x20b

#define SUBSYSTEM_EFI_APPLICATION    10
#define SUBSYSTEM_EFI_RUNTIME_DRIVER 12

struct dos_header {
    uint16_t magic;
    uint8_t for_dos[58];
    uint32_t pe_offset;
} __attribute__((packed));

_Static_assert(sizeof(struct dos_header) == 64, "PE: DOS header");

struct pe_file {
    const uint8_t *data;
    size_t bytes;
};

static EFI_STATUS read_file(const struct pe_file *file, const char *what, uint64_t offset,
                            void *ret_data, size_t bytes)
{
    if (offset > file->bytes || bytes > file->bytes - offset) {
        log_err("pe: file is truncated: %s needs %#zx bytes at %#llx, the file has %#zx", what,
                bytes, (unsigned long long)offset, file->bytes);
        return EFI_LOAD_ERROR;
    }
    memcpy(ret_data, file->data + offset, bytes);
    return EFI_SUCCESS;
}

static EFI_STATUS find_coff_header(const struct pe_file *file, uint64_t *ret_offset)
{
    struct dos_header dos = {0};
    EFI_STATUS status;

    if (file->bytes >= sizeof(dos.magic))
        memcpy(&dos.magic, file->data, sizeof(dos.magic));
    if (dos.magic != DOS_MAGIC) {
        log_err("pe: no EFI image: %zu bytes that begin with %#06x (expected %#06x, \"MZ\")",
                file->bytes, dos.magic, DOS_MAGIC);
        return EFI_UNSUPPORTED;
    }
    status = read_file(file, "the DOS header", 0, &dos, sizeof(dos));
    if (status == EFI_SUCCESS)
        *ret_offset = dos.pe_offset;
    return status;
}

static const char *machine_name(uint16_t machine)
{
    static const struct {
        uint16_t machine;
        const char *name;
    } machines[] = {
        {0x014c, "IA32"},          {0x01c0, "ARM"},         {0x01c2, "ARM"},
        {0x01c4, "ARM"},           {0x0200, "Itanium"},     {0x0ebc, "EFI byte code"},
        {0x5064, "64-bit RISC-V"}, {0x6264, "LoongArch64"}, {0xaa64, "ARM64"},
    };

    for (size_t i = 0; i < sizeof(machines) / sizeof(machines[0]); i++)
        if (machines[i].machine == machine)
            return machines[i].name;
    return "an unknown machine";
}

static EFI_STATUS read_coff_header(const struct pe_file *file, uint64_t offset,
                                   struct pe_coff_header *ret_coff)
{
    EFI_STATUS status;

    status = read_file(file, "the PE header", offset, ret_coff, sizeof(*ret_coff));
    if (status != EFI_SUCCESS)
        return status;
    if (ret_coff->signature != PE_SIGNATURE) {
        log_err("pe: no EFI image: \"MZ\" without PE signature (%#010x at %#llx, expected %#010x)",
                ret_coff->signature, (unsigned long long)offset, PE_SIGNATURE);
        return EFI_UNSUPPORTED;
    }
    if (ret_coff->machine != MACHINE_X86_64) {
        log_err("pe: image is for %s (%#06x), this guest is x86-64 (%#06x)",
                machine_name(ret_coff->machine), ret_coff->machine, MACHINE_X86_64);
        return EFI_UNSUPPORTED;
    }
    return EFI_SUCCESS;
}

/* Before anything else of the optional header, which another format lays out differently. */
static EFI_STATUS check_magic(const struct pe_file *file, uint64_t offset)
{
    uint16_t magic;
    EFI_STATUS status;

    status = read_file(file, "the optional header", offset, &magic, sizeof(magic));
    if (status != EFI_SUCCESS)
        return status;
    if (magic != MAGIC_PE32_PLUS) {
        log_err("pe: %s (optional header %#x, expected PE32+, %#x)",
                magic == MAGIC_PE32 ? "32-bit image (PE32)" : "image of unknown format", magic,
                MAGIC_PE32_PLUS);
        return EFI_UNSUPPORTED;
    }
    return EFI_SUCCESS;
}

static EFI_STATUS check_subsystem(const struct pe_optional_header *optional)
{
    if (optional->subsystem >= SUBSYSTEM_EFI_APPLICATION &&
        optional->subsystem <= SUBSYSTEM_EFI_RUNTIME_DRIVER)
        return EFI_SUCCESS;
    log_err("pe: no EFI program (subsystem %u, expected %u to %u)", optional->subsystem,
            SUBSYSTEM_EFI_APPLICATION, SUBSYSTEM_EFI_RUNTIME_DRIVER);
    return EFI_UNSUPPORTED;
}

static EFI_STATUS check_directory_count(const struct pe_optional_header *optional, size_t bytes)
{
    if (bytes >= sizeof(*optional) &&
        (bytes - sizeof(*optional)) / sizeof(struct pe_data_directory) >= optional->directory_count)
        return EFI_SUCCESS;
    log_err("pe: optional header of %zu bytes is too small for %u data directories", bytes,
            optional->directory_count);
    return EFI_LOAD_ERROR;
}

static EFI_STATUS read_optional_header(const struct pe_file *file, uint64_t offset,
                                       size_t header_bytes, struct pe_optional_header *ret_optional)
{
    EFI_STATUS status;

    status = check_magic(file, offset);
    if (status == EFI_SUCCESS)
        status =
            read_file(file, "the optional header", offset, ret_optional, sizeof(*ret_optional));
    if (status == EFI_SUCCESS)
        status = check_subsystem(ret_optional);
    if (status == EFI_SUCCESS)
        status = check_directory_count(ret_optional, header_bytes);
    return status;
}

static EFI_STATUS read_directory(const struct pe_file *file, uint64_t optional_offset,
                                 const struct pe_headers *headers, unsigned int index,
                                 struct pe_data_directory *ret_directory)
{
    uint64_t directories = optional_offset + sizeof(headers->optional);

    if (headers->optional.directory_count <= index)
        return EFI_SUCCESS;
    return read_file(file, "the data directories", directories + index * sizeof(*ret_directory),
                     ret_directory, sizeof(*ret_directory));
}

EFI_STATUS pe_headers_read(const void *file, size_t file_bytes, struct pe_headers *ret_headers)
{
    const struct pe_file view = {.data = file, .bytes = file_bytes};
    struct pe_headers headers = {0};
    uint64_t coff_offset = 0;
    uint64_t optional_offset;
    EFI_STATUS status;

    status = find_coff_header(&view, &coff_offset);
    if (status == EFI_SUCCESS)
        status = read_coff_header(&view, coff_offset, &headers.coff);
    optional_offset = coff_offset + sizeof(headers.coff);
    if (status == EFI_SUCCESS)
        status = read_optional_header(&view, optional_offset, headers.coff.optional_bytes,
                                      &headers.optional);
    if (status == EFI_SUCCESS)
        status = read_directory(&view, optional_offset, &headers, PE_DIRECTORY_RESOURCE,
                                &headers.resources);
    if (status == EFI_SUCCESS)
        status = read_directory(&view, optional_offset, &headers, PE_DIRECTORY_BASE_RELOCATION,
                                &headers.relocations);
    if (status != EFI_SUCCESS)
        return status;
    headers.section_table = optional_offset + headers.coff.optional_bytes;
    *ret_headers = headers;
    return EFI_SUCCESS;
}
