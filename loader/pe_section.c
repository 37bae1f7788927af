#include "loader/pe_section.h"

#include "loader/lib/log.h"
#include "loader/lib/string.h"
#include "loader/pe_headers.h"

/* A section's name for a message; it comes from the file and must not reach a terminal raw. */
struct section_name {
    char text[PE_SECTION_NAME_BYTES + 1];
};

static struct pe_section_header read_header(const struct pe_image *image, unsigned int index)
{
    struct pe_section_header header;

    memcpy(&header, image->file + image->section_table + index * sizeof(header), sizeof(header));
    return header;
}

static struct section_name section_name(const struct pe_image *image, unsigned int index)
{
    struct pe_section_header header = read_header(image, index);
    struct section_name name = {0};

    memcpy(name.text, header.name, sizeof(header.name));
    for (char *c = name.text; *c != '\0'; c++)
        if (*c <= ' ' || *c > '~')
            *c = '?';
    return name;
}

struct pe_section pe_section(const struct pe_image *image, unsigned int index)
{
    struct pe_section_header header = read_header(image, index);
    /* Old linkers leave VirtualSize 0; data without a place in the file is BSS, whatever its size.
     */
    uint32_t virtual_bytes = header.virtual_bytes != 0 ? header.virtual_bytes : header.raw_bytes;
    uint32_t file_bytes = header.raw_offset != 0 ? header.raw_bytes : 0;

    return (struct pe_section){
        .rva = header.rva,
        .virtual_bytes = virtual_bytes,
        .file_offset = header.raw_offset,
        .file_bytes = file_bytes < virtual_bytes ? file_bytes : virtual_bytes,
        .readable = (header.characteristics & PE_SECTION_READ) != 0,
        .writable = (header.characteristics & PE_SECTION_WRITE) != 0,
        .executable = (header.characteristics & PE_SECTION_EXECUTE) != 0,
    };
}

static EFI_STATUS check_inside_file(const struct pe_image *image, unsigned int index)
{
    struct pe_section_header header = read_header(image, index);

    if (header.raw_offset == 0 || (header.raw_offset <= image->file_bytes &&
                                   header.raw_bytes <= image->file_bytes - header.raw_offset))
        return EFI_SUCCESS;
    log_err("pe: file is truncated: section %u (%s) needs %#x bytes at %#x, the file has %#zx",
            index, section_name(image, index).text, header.raw_bytes, header.raw_offset,
            image->file_bytes);
    return EFI_LOAD_ERROR;
}

static EFI_STATUS check_inside_image(const struct pe_image *image, unsigned int index)
{
    struct pe_section section = pe_section(image, index);

    if (section.rva < image->header_bytes) {
        log_err("pe: section %u (%s) at %#x overlaps the headers (%#x bytes)", index,
                section_name(image, index).text, section.rva, image->header_bytes);
        return EFI_LOAD_ERROR;
    }
    if (section.rva > image->image_bytes ||
        section.virtual_bytes > image->image_bytes - section.rva) {
        log_err("pe: section %u (%s) is outside the image (%#x bytes at %#x, the image has %#x)",
                index, section_name(image, index).text, section.virtual_bytes, section.rva,
                image->image_bytes);
        return EFI_LOAD_ERROR;
    }
    return EFI_SUCCESS;
}

/* Both lie inside the image, so that the sums cannot wrap. */
static bool sections_overlap(const struct pe_section *a, const struct pe_section *b)
{
    return a->virtual_bytes > 0 && b->virtual_bytes > 0 && a->rva < b->rva + b->virtual_bytes &&
           b->rva < a->rva + a->virtual_bytes;
}

/* A UKI whose parts were glued together with too small distances shows up here. */
static EFI_STATUS check_apart_from_earlier(const struct pe_image *image, unsigned int index)
{
    struct pe_section section = pe_section(image, index);

    for (unsigned int i = 0; i < index; i++) {
        struct pe_section other = pe_section(image, i);

        if (!sections_overlap(&section, &other))
            continue;
        log_err("pe: sections %u (%s, %#x bytes at %#x) and %u (%s, %#x bytes at %#x) overlap", i,
                section_name(image, i).text, other.virtual_bytes, other.rva, index,
                section_name(image, index).text, section.virtual_bytes, section.rva);
        return EFI_LOAD_ERROR;
    }
    return EFI_SUCCESS;
}

EFI_STATUS pe_sections_check(const struct pe_image *image)
{
    EFI_STATUS status = EFI_SUCCESS;

    for (unsigned int i = 0; i < image->section_count && status == EFI_SUCCESS; i++) {
        if (pe_section(image, i).virtual_bytes == 0)
            continue;
        status = check_inside_file(image, i);
        if (status == EFI_SUCCESS)
            status = check_inside_image(image, i);
        if (status == EFI_SUCCESS)
            status = check_apart_from_earlier(image, i);
    }
    return status;
}

bool pe_sections_contain(const struct pe_image *image, uint32_t rva)
{
    for (unsigned int i = 0; i < image->section_count; i++) {
        struct pe_section section = pe_section(image, i);

        if (rva >= section.rva && rva - section.rva < section.virtual_bytes)
            return true;
    }
    return false;
}

bool pe_sections_are_paged(const struct pe_image *image)
{
    for (unsigned int i = 0; i < image->section_count; i++) {
        struct pe_section section = pe_section(image, i);

        if (section.virtual_bytes > 0 && section.rva % EFI_PAGE_SIZE != 0)
            return false;
    }
    return true;
}
