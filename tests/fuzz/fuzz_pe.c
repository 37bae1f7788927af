/* The input is a PE file. */
#include "loader/pe.h"

#include <stdlib.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"

/* Larger images are parsed but not laid out: clearing them would be all that is done here. */
#define LAID_OUT_BYTES_MAX (256U << 10)
#define POISON             0xa5

static void check_message(void)
{
    for (const char *c = fuzz_log_last(); *c != '\0'; c++)
        REQUIRE(*c >= ' ' && *c <= '~');
}

static void check_sections_apart(const struct pe_image *image, unsigned int first)
{
    struct pe_section a = pe_section(image, first);

    for (unsigned int i = first + 1; i < image->section_count; i++) {
        struct pe_section b = pe_section(image, i);

        if (a.virtual_bytes > 0 && b.virtual_bytes > 0)
            REQUIRE((uint64_t)a.rva + a.virtual_bytes <= b.rva ||
                    (uint64_t)b.rva + b.virtual_bytes <= a.rva);
    }
}

static void check_section(const struct pe_image *image, unsigned int index)
{
    struct pe_section section = pe_section(image, index);

    if (section.virtual_bytes == 0)
        return;
    REQUIRE(section.file_bytes <= section.virtual_bytes);
    if (section.file_bytes > 0)
        REQUIRE((uint64_t)section.file_offset + section.file_bytes <= image->file_bytes);
    REQUIRE(section.rva >= image->header_bytes);
    REQUIRE((uint64_t)section.rva + section.virtual_bytes <= image->image_bytes);
    if (image->nx_compatible)
        REQUIRE(section.rva % EFI_PAGE_SIZE == 0);
    check_sections_apart(image, index);
}

static void check_image(const struct pe_image *image)
{
    REQUIRE(image->header_bytes <= image->file_bytes && image->header_bytes <= image->image_bytes);
    REQUIRE(image->image_bytes > 0 && image->image_bytes % EFI_PAGE_SIZE == 0);
    REQUIRE(image->entry_rva >= image->header_bytes && image->entry_rva < image->image_bytes);
    REQUIRE(__builtin_popcount(image->section_alignment) == 1);
    REQUIRE(image->subsystem >= 10 && image->subsystem <= 12);
    REQUIRE(image->section_count > 0 && image->section_count <= PE_SECTIONS_MAX);
    REQUIRE((uint64_t)image->relocation_rva + image->relocation_bytes <= image->image_bytes);
    for (unsigned int i = 0; i < image->section_count; i++)
        check_section(image, i);
}

/* The obvious way to lay an image out, to compare with the one that writes each byte once. */
static uint8_t *lay_out_simply(const struct pe_image *image)
{
    uint8_t *base = calloc(1, image->image_bytes);

    memcpy(base, image->file, image->header_bytes);
    for (unsigned int i = 0; i < image->section_count; i++) {
        struct pe_section section = pe_section(image, i);

        if (section.file_bytes > 0)
            memcpy(base + section.rva, image->file + section.file_offset, section.file_bytes);
    }
    return base;
}

static void check_load_at_preferred_base(struct pe_image image)
{
    uint8_t *expected = lay_out_simply(&image);
    uint8_t *base = malloc(image.image_bytes);
    EFI_STATUS status;

    memset(base, POISON, image.image_bytes);
    image.preferred_base = (uintptr_t)base;
    fuzz_log_clear();
    status = pe_load(&image, base);
    REQUIRE(status == EFI_SUCCESS || status == EFI_LOAD_ERROR);
    REQUIRE(fuzz_log_errors() == (status == EFI_SUCCESS ? 0 : 1));
    REQUIRE(memcmp(base, expected, image.image_bytes) == 0);
    free(base);
    free(expected);
}

static void check_load_elsewhere(const struct pe_image *image)
{
    uint8_t *base = malloc(image->image_bytes);
    EFI_STATUS status;

    fuzz_log_clear();
    status = pe_load(image, base);
    REQUIRE(status == EFI_SUCCESS || status == EFI_LOAD_ERROR);
    REQUIRE(fuzz_log_errors() == (status == EFI_SUCCESS ? 0 : 1));
    free(base);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pe_image image;
    EFI_STATUS status;

    fuzz_log_clear();
    status = pe_parse(data, size, &image);
    check_message();
    if (status != EFI_SUCCESS) {
        REQUIRE(status == EFI_UNSUPPORTED || status == EFI_LOAD_ERROR);
        REQUIRE(fuzz_log_errors() == 1);
        return 0;
    }
    REQUIRE(fuzz_log_errors() == 0);
    check_image(&image);
    if (image.image_bytes > LAID_OUT_BYTES_MAX)
        return 0;
    check_load_at_preferred_base(image);
    check_load_elsewhere(&image);
    return 0;
}
