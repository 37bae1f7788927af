/* Relocation tables in an image of 128 bytes, the table at 0x40. */
#include "loader/pe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/log_capture.h"

#define TABLE_RVA 0x40

struct small_image {
    uint8_t bytes[0x80];
};

static uint64_t get(const uint8_t *place, size_t bytes)
{
    uint64_t value = 0;

    memcpy(&value, place, bytes);
    return value;
}

static void put_block(struct small_image *image, size_t offset, uint32_t page_rva, uint32_t bytes)
{
    memcpy(image->bytes + TABLE_RVA + offset, &page_rva, sizeof(page_rva));
    memcpy(image->bytes + TABLE_RVA + offset + 4, &bytes, sizeof(bytes));
}

static void put_fixup(struct small_image *image, size_t offset, uint16_t fixup)
{
    memcpy(image->bytes + TABLE_RVA + offset, &fixup, sizeof(fixup));
}

static EFI_STATUS relocate(struct small_image *image, uint32_t bytes, uint64_t delta)
{
    log_capture_clear();
    return pe_relocate(image->bytes, sizeof(image->bytes), TABLE_RVA, bytes, delta);
}

static void test_several_blocks(void **state)
{
    struct small_image image = {0};

    (void)state;
    put_block(&image, 0, 0, 12);
    put_fixup(&image, 8, 0xa000);
    put_block(&image, 12, 8, 12);
    put_fixup(&image, 20, 0xa008);
    assert_int_equal(relocate(&image, 24, 0x1122334455667788), EFI_SUCCESS);
    assert_int_equal(get(image.bytes, 8), 0x1122334455667788);
    assert_int_equal(get(image.bytes + 8, 8), 0);
    assert_int_equal(get(image.bytes + 16, 8), 0x1122334455667788);
}

/* As old kernels and gnu-efi have it: ten bytes, one fixup that does nothing. */
static void test_dummy_block(void **state)
{
    struct small_image image = {0};

    (void)state;
    put_block(&image, 0, 0, 10);
    assert_int_equal(relocate(&image, 10, 1), EFI_SUCCESS);
    assert_int_equal(relocate(&image, 12, 1), EFI_SUCCESS);
    assert_int_equal(get(image.bytes, 8), 0);
}

static void test_empty_block(void **state)
{
    struct small_image image = {0};

    (void)state;
    put_block(&image, 0, 0, 8);
    put_block(&image, 8, 0, 10);
    put_fixup(&image, 16, 0x2000);
    assert_int_equal(relocate(&image, 18, 1), EFI_SUCCESS);
    assert_int_equal(get(image.bytes, 8), 1);
}

static void test_no_relocations(void **state)
{
    struct small_image image = {0};

    (void)state;
    assert_int_equal(relocate(&image, 0, 1), EFI_SUCCESS);
}

static void test_padding_may_point_anywhere(void **state)
{
    struct small_image image = {0};

    (void)state;
    put_block(&image, 0, 0xfffff000, 10);
    put_fixup(&image, 8, 0x0fff);
    assert_int_equal(relocate(&image, 10, 1), EFI_SUCCESS);
}

static void test_unknown_fixup_types(void **state)
{
    (void)state;
    for (unsigned int type = 0; type < 16; type++) {
        struct small_image image = {0};

        if (type <= 3 || type == 10)
            continue;
        put_block(&image, 0, 0, 10);
        put_fixup(&image, 8, (uint16_t)(type << 12));
        assert_int_equal(relocate(&image, 10, 1), EFI_LOAD_ERROR);
        assert_non_null(strstr(log_capture_last(), "not for x86-64"));
    }
}

static void test_fixup_outside_the_image(void **state)
{
    static const struct {
        uint16_t type;
        uint16_t bytes;
    } fixups[] = {{0x1000, 2}, {0x2000, 2}, {0x3000, 4}, {0xa000, 8}};

    (void)state;
    for (size_t i = 0; i < sizeof(fixups) / sizeof(fixups[0]); i++) {
        struct small_image image = {0};
        uint16_t last = (uint16_t)(sizeof(image.bytes) - fixups[i].bytes);

        put_block(&image, 0, 0, 10);
        put_fixup(&image, 8, fixups[i].type | last);
        assert_int_equal(relocate(&image, 10, 1), EFI_SUCCESS);
        put_fixup(&image, 8, (uint16_t)(fixups[i].type | (last + 1)));
        assert_int_equal(relocate(&image, 10, 1), EFI_LOAD_ERROR);
        assert_non_null(strstr(log_capture_last(), "outside the image (0x80 bytes)"));
    }
}

static void test_fixup_that_wraps(void **state)
{
    struct small_image image = {0};

    (void)state;
    put_block(&image, 0, 0xfffffffe, 10);
    put_fixup(&image, 8, 0xa004);
    assert_int_equal(relocate(&image, 10, 1), EFI_LOAD_ERROR);
}

static void test_bad_block_sizes(void **state)
{
    static const uint32_t sizes[] = {0, 7, 13, 0x41, 0xffffffff};

    (void)state;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        struct small_image image = {0};

        put_block(&image, 0, 0, sizes[i]);
        assert_int_equal(relocate(&image, 12, 1), EFI_LOAD_ERROR);
        assert_non_null(strstr(log_capture_last(), "relocation block at 0x40"));
    }
}

static void test_table_outside_the_image(void **state)
{
    struct small_image image = {0};

    (void)state;
    assert_int_equal(relocate(&image, 0x41, 1), EFI_LOAD_ERROR);
    assert_non_null(strstr(log_capture_last(), "table (0x41 bytes at 0x40) is outside"));
    assert_int_equal(pe_relocate(image.bytes, sizeof(image.bytes), 0xfffffff8, 8, 1),
                     EFI_LOAD_ERROR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_several_blocks),
        cmocka_unit_test(test_dummy_block),
        cmocka_unit_test(test_empty_block),
        cmocka_unit_test(test_no_relocations),
        cmocka_unit_test(test_padding_may_point_anywhere),
        cmocka_unit_test(test_unknown_fixup_types),
        cmocka_unit_test(test_fixup_outside_the_image),
        cmocka_unit_test(test_fixup_that_wraps),
        cmocka_unit_test(test_bad_block_sizes),
        cmocka_unit_test(test_table_outside_the_image),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
