#include "loader/pe.h"

#include "loader/lib/log.h"
#include "loader/lib/string.h"

/* The section with the lowest address at or above `rva`; its virtual_bytes is 0 when none is left.
 */
static struct pe_section next_section(const struct pe_image *image, uint32_t rva)
{
    struct pe_section next = {.rva = image->image_bytes};

    for (unsigned int i = 0; i < image->section_count; i++) {
        struct pe_section section = pe_section(image, i);

        if (section.virtual_bytes > 0 && section.rva >= rva && section.rva < next.rva)
            next = section;
    }
    return next;
}

static void zero_range(uint8_t *base, uint32_t start, uint32_t end)
{
    memset(base + start, 0, end - start);
}

/*
 * In address order, so that every byte is written once: clearing tens of MiB that are overwritten
 * next is what a guest's start would wait for.
 */
static void lay_out_image(const struct pe_image *image, uint8_t *base)
{
    uint32_t end = image->header_bytes;
    struct pe_section section = next_section(image, end);

    memcpy(base, image->file, image->header_bytes);
    while (section.virtual_bytes > 0) {
        zero_range(base, end, section.rva);
        memcpy(base + section.rva, image->file + section.file_offset, section.file_bytes);
        end = section.rva + section.virtual_bytes;
        zero_range(base, section.rva + section.file_bytes, end);
        section = next_section(image, end);
    }
    zero_range(base, end, image->image_bytes);
}

EFI_STATUS pe_load(const struct pe_image *image, void *base)
{
    uint64_t delta = (uintptr_t)base - image->preferred_base;

    if (image->relocations_stripped && delta != 0) {
        log_err("pe: image has no relocations and cannot run at %p (only at %#llx)", base,
                (unsigned long long)image->preferred_base);
        return EFI_LOAD_ERROR;
    }
    lay_out_image(image, base);
    return pe_relocate(base, image->image_bytes, image->relocation_rva, image->relocation_bytes,
                       delta);
}
