#include "loader/pe.h"

#include "loader/lib/log.h"
#include "loader/pe_headers.h"
#include "loader/pe_section.h"

/* The last SizeOfImage that can be rounded up to whole pages. */
#define IMAGE_BYTES_MAX (UINT32_MAX - (EFI_PAGE_SIZE - 1))

static EFI_STATUS take_section_count(struct pe_image *image, const struct pe_headers *headers)
{
    uint16_t count = headers->coff.section_count;

    if (count == 0 || count > PE_SECTIONS_MAX) {
        log_err("pe: image has %u sections (expected 1 to %u)", count, PE_SECTIONS_MAX);
        return EFI_LOAD_ERROR;
    }
    image->section_count = count;
    return EFI_SUCCESS;
}

/* What lies in front of header_bytes, the section table included, may be read from then on. */
static EFI_STATUS take_header_bytes(struct pe_image *image, const struct pe_headers *headers)
{
    uint64_t table_end =
        headers->section_table + image->section_count * sizeof(struct pe_section_header);
    uint32_t header_bytes = headers->optional.header_bytes;

    if (header_bytes < table_end || header_bytes > headers->optional.image_bytes) {
        log_err("pe: headers of %#x bytes (expected %#llx to %#x)", header_bytes,
                (unsigned long long)table_end, headers->optional.image_bytes);
        return EFI_LOAD_ERROR;
    }
    if (header_bytes > image->file_bytes) {
        log_err("pe: file is truncated: headers have %#x bytes, the file %#zx", header_bytes,
                image->file_bytes);
        return EFI_LOAD_ERROR;
    }
    image->header_bytes = header_bytes;
    image->section_table = (uint32_t)headers->section_table;
    return EFI_SUCCESS;
}

static EFI_STATUS take_image_bytes(struct pe_image *image, const struct pe_headers *headers)
{
    uint32_t image_bytes = headers->optional.image_bytes;

    if (image_bytes > IMAGE_BYTES_MAX) {
        log_err("pe: image of %#x bytes is too large (at most %#x)", image_bytes, IMAGE_BYTES_MAX);
        return EFI_LOAD_ERROR;
    }
    image->image_bytes = (image_bytes + EFI_PAGE_SIZE - 1) / EFI_PAGE_SIZE * EFI_PAGE_SIZE;
    return EFI_SUCCESS;
}

static EFI_STATUS take_section_alignment(struct pe_image *image, const struct pe_headers *headers)
{
    uint32_t alignment = headers->optional.section_alignment;

    if (alignment == 0 || (alignment & (alignment - 1)) != 0) {
        log_err("pe: section alignment %#x is no power of two", alignment);
        return EFI_LOAD_ERROR;
    }
    image->section_alignment = alignment;
    return EFI_SUCCESS;
}

static EFI_STATUS take_relocations(struct pe_image *image, const struct pe_headers *headers)
{
    const struct pe_data_directory *directory = &headers->relocations;

    if (directory->bytes == 0) {
        image->relocations_stripped =
            (headers->coff.characteristics & PE_RELOCATIONS_STRIPPED) != 0;
        return EFI_SUCCESS;
    }
    if (directory->rva > image->image_bytes ||
        directory->bytes > image->image_bytes - directory->rva) {
        log_err("pe: relocation table (%#x bytes at %#x) is outside the image (%#x bytes)",
                directory->bytes, directory->rva, image->image_bytes);
        return EFI_LOAD_ERROR;
    }
    image->relocation_rva = directory->rva;
    image->relocation_bytes = directory->bytes;
    return EFI_SUCCESS;
}

static EFI_STATUS take_entry_point(struct pe_image *image, const struct pe_headers *headers)
{
    uint32_t entry_rva = headers->optional.entry_rva;

    if (!pe_sections_contain(image, entry_rva)) {
        log_err("pe: entry point %#x is outside every section (the image has %#x bytes)", entry_rva,
                image->image_bytes);
        return EFI_LOAD_ERROR;
    }
    image->entry_rva = entry_rva;
    return EFI_SUCCESS;
}

EFI_STATUS pe_parse(const void *file, size_t file_bytes, struct pe_image *ret_image)
{
    struct pe_image image = {.file = file, .file_bytes = file_bytes};
    struct pe_headers headers;
    EFI_STATUS status;

    status = pe_headers_read(file, file_bytes, &headers);
    if (status == EFI_SUCCESS)
        status = take_section_count(&image, &headers);
    if (status == EFI_SUCCESS)
        status = take_header_bytes(&image, &headers);
    if (status == EFI_SUCCESS)
        status = take_image_bytes(&image, &headers);
    if (status == EFI_SUCCESS)
        status = take_section_alignment(&image, &headers);
    if (status == EFI_SUCCESS)
        status = take_relocations(&image, &headers);
    if (status == EFI_SUCCESS)
        status = pe_sections_check(&image);
    if (status == EFI_SUCCESS)
        status = take_entry_point(&image, &headers);
    if (status != EFI_SUCCESS)
        return status;
    image.preferred_base = headers.optional.image_base;
    image.subsystem = headers.optional.subsystem;
    image.resource_rva = headers.resources.rva;
    image.resource_bytes = headers.resources.bytes;
    image.nx_compatible =
        (headers.optional.dll_characteristics & PE_NX_COMPAT) != 0 && pe_sections_are_paged(&image);
    *ret_image = image;
    return EFI_SUCCESS;
}
