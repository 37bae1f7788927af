/* What pe_load() puts where. */
#include "loader/pe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/log_capture.h"
#include "tests/unit/pe_builder.h"

#define POISON 0xa5

static struct pe_image accept(const struct pe_file *file)
{
    struct pe_image image;

    log_capture_clear();
    assert_int_equal(pe_parse(file->bytes, sizeof(file->bytes), &image), EFI_SUCCESS);
    assert_string_equal(log_capture_last(), "");
    return image;
}

static uint8_t *load(const struct pe_image *image)
{
    uint8_t *base = aligned_alloc(4096, image->image_bytes);

    assert_non_null(base);
    memset(base, POISON, image->image_bytes);
    assert_int_equal(pe_load(image, base), EFI_SUCCESS);
    return base;
}

static void assert_zero(const uint8_t *base, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++)
        assert_int_equal(base[i], 0);
}

static uint64_t get(const uint8_t *place, size_t bytes)
{
    uint64_t value = 0;

    memcpy(&value, place, bytes);
    return value;
}

static void test_headers_are_kept_at_the_base(void **state)
{
    struct pe_file file = pe_build();
    struct pe_image image = accept(&file);
    uint8_t *base = load(&image);

    (void)state;
    assert_memory_equal(base, file.bytes, PE_HEADER_BYTES);
    free(base);
}

static void test_sections_are_copied(void **state)
{
    struct pe_file file = pe_build();
    struct pe_image image = accept(&file);
    uint8_t *base = load(&image);

    (void)state;
    assert_memory_equal(base + 0x1000, file.bytes + 0x200, 0x180);
    assert_memory_equal(base + 0x2050, file.bytes + 0x450, 0x200 - 0x50);
    assert_memory_equal(base + 0x4000, file.bytes + 0x600, 0x18);
    free(base);
}

static void test_everything_else_is_zero(void **state)
{
    struct pe_file file = pe_build();
    struct pe_image image = accept(&file);
    uint8_t *base = load(&image);

    (void)state;
    assert_zero(base, PE_HEADER_BYTES, 0x1000);
    assert_zero(base, 0x1180, 0x2000);
    assert_zero(base, 0x2200, 0x4000);
    assert_zero(base, 0x4018, PE_IMAGE_BYTES);
    free(base);
}

static void test_bss_section_is_zero(void **state)
{
    struct pe_file file = pe_build();
    struct pe_image image;
    uint8_t *base;

    (void)state;
    pe_put32(&file, PE_RELOCATION_BYTES, 0);
    pe_put32(&file, PE_SECTION_FIELD(PE_DATA, PE_RAW_BYTES), 0);
    image = accept(&file);
    base = load(&image);
    assert_zero(base, 0x1180, 0x4000);
    free(base);
}

static void test_adjacent_sections_are_all_copied(void **state)
{
    struct pe_file file = pe_build();
    struct pe_image image;
    uint8_t *base;

    (void)state;
    pe_put32(&file, PE_RELOCATION_BYTES, 0);
    pe_put32(&file, PE_SECTION_FIELD(PE_DATA, PE_RVA), 0x1180);
    image = accept(&file);
    base = load(&image);
    assert_memory_equal(base + 0x1000, file.bytes + 0x200, 0x180);
    assert_memory_equal(base + 0x1180, file.bytes + 0x400, 0x200);
    free(base);
}

static void test_unsorted_sections_are_laid_out(void **state)
{
    struct pe_file file = pe_build();
    struct pe_image image;
    uint8_t *base;
    uint8_t *expected;

    (void)state;
    image = accept(&file);
    expected = load(&image);
    pe_put32(&file, PE_RELOCATION_BYTES, 0);
    pe_put32(&file, PE_SECTION_FIELD(PE_TEXT, PE_RVA), 0x4000);
    pe_put32(&file, PE_SECTION_FIELD(PE_RELOC, PE_RVA), 0x1000);
    pe_put32(&file, PE_ENTRY, 0x4000);
    image = accept(&file);
    base = load(&image);
    assert_memory_equal(base + 0x4000, expected + 0x1000, 0x180);
    assert_memory_equal(base + 0x1000, expected + 0x4000, 0x18);
    assert_zero(base, 0x1018, 0x2000);
    assert_zero(base, 0x4180, PE_IMAGE_BYTES);
    free(expected);
    free(base);
}

static void test_relocations_are_applied(void **state)
{
    struct pe_file file = pe_build();
    struct pe_image image = accept(&file);
    uint8_t *base = load(&image);
    const uint8_t *before = file.bytes + 0x400;
    const uint8_t *after = base + 0x2000;
    uint64_t delta = (uintptr_t)base - PE_PREFERRED_BASE;

    (void)state;
    assert_int_equal(get(after + 0x10, 8), get(before + 0x10, 8) + delta);
    assert_int_equal(get(after + 0x21, 4), (uint32_t)(get(before + 0x21, 4) + delta));
    assert_int_equal(get(after + 0x30, 2), (uint16_t)(get(before + 0x30, 2) + (delta >> 16)));
    assert_int_equal(get(after + 0x40, 2), (uint16_t)(get(before + 0x40, 2) + delta));
    assert_int_equal(after[0], before[0]);
    assert_memory_equal(after + 0x18, before + 0x18, 9);
    assert_memory_equal(after + 0x25, before + 0x25, 11);
    assert_memory_equal(after + 0x32, before + 0x32, 14);
    assert_memory_equal(after + 0x42, before + 0x42, 0x200 - 0x42);
    free(base);
}

static void test_file_needs_no_alignment(void **state)
{
    struct pe_file file = pe_build();
    uint8_t *bytes = test_malloc(sizeof(file.bytes) + 1);
    struct pe_image image;

    (void)state;
    memcpy(bytes + 1, file.bytes, sizeof(file.bytes));
    assert_int_equal(pe_parse(bytes + 1, sizeof(file.bytes), &image), EFI_SUCCESS);
    free(load(&image));
    test_free(bytes);
}

static void test_image_without_relocations_goes_anywhere(void **state)
{
    struct pe_file file = pe_build();
    struct pe_image image;

    (void)state;
    pe_put32(&file, PE_RELOCATION_BYTES, 0);
    image = accept(&file);
    free(load(&image));
}

static void test_stripped_image_stays_at_its_base(void **state)
{
    struct pe_file file = pe_build();
    uint8_t *base = aligned_alloc(4096, PE_IMAGE_BYTES);
    struct pe_image image;

    (void)state;
    pe_put16(&file, PE_CHARACTERISTICS, 0x23);
    pe_put32(&file, PE_RELOCATION_BYTES, 0);
    image = accept(&file);
    log_capture_clear();
    assert_int_equal(pe_load(&image, base), EFI_LOAD_ERROR);
    assert_non_null(strstr(log_capture_last(), "only at 0x140000000"));
    pe_put64(&file, PE_IMAGE_BASE, (uintptr_t)base);
    image = accept(&file);
    assert_int_equal(pe_load(&image, base), EFI_SUCCESS);
    free(base);
}

static void test_damaged_relocations_fail_the_load(void **state)
{
    struct pe_file file = pe_build();
    uint8_t *base = aligned_alloc(4096, PE_IMAGE_BYTES);
    struct pe_image image;

    (void)state;
    pe_put32(&file, 0x604, 7);
    image = accept(&file);
    assert_int_equal(pe_load(&image, base), EFI_LOAD_ERROR);
    free(base);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_headers_are_kept_at_the_base),
        cmocka_unit_test(test_sections_are_copied),
        cmocka_unit_test(test_everything_else_is_zero),
        cmocka_unit_test(test_bss_section_is_zero),
        cmocka_unit_test(test_adjacent_sections_are_all_copied),
        cmocka_unit_test(test_unsorted_sections_are_laid_out),
        cmocka_unit_test(test_relocations_are_applied),
        cmocka_unit_test(test_file_needs_no_alignment),
        cmocka_unit_test(test_image_without_relocations_goes_anywhere),
        cmocka_unit_test(test_stripped_image_stays_at_its_base),
        cmocka_unit_test(test_damaged_relocations_fail_the_load),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
