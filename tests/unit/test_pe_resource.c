/* The resource directory of a PE image, sound and damaged. */
#include "loader/pe_resource.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define IMAGE_BYTES 0x200u
#define TREE_RVA    0x100u
#define TREE_BYTES  0x80u
#define IS_OFFSET   0x80000000u

/* Offsets in the tree. */
#define TYPE_NAME   0x10
#define TYPE_TARGET 0x14
#define NAME_COUNT  0x2e
#define NAME_TARGET 0x34
#define LANG_TARGET 0x4c
#define LEAF        0x50
#define LEAF_BYTES  0x54
#define TEXT        0x60

static uint8_t *image;

static void put16(uint32_t offset, uint16_t value)
{
    memcpy(image + TREE_RVA + offset, &value, sizeof(value));
}

static void put32(uint32_t offset, uint32_t value)
{
    memcpy(image + TREE_RVA + offset, &value, sizeof(value));
}

/* Type "HII" at 0, name 1 at 0x20, language 0 at 0x38; the resource is 0x10 bytes at 0x40. */
static int setup(void **state)
{
    (void)state;
    image = calloc(1, IMAGE_BYTES);
    put16(0x0c, 1);
    put32(TYPE_NAME, IS_OFFSET | TEXT);
    put32(TYPE_TARGET, IS_OFFSET | 0x20);
    put16(NAME_COUNT, 1);
    put32(0x30, 1);
    put32(NAME_TARGET, IS_OFFSET | 0x38);
    put16(0x46, 1);
    put32(LANG_TARGET, LEAF);
    put32(LEAF, 0x40);
    put32(LEAF_BYTES, 0x10);
    put16(TEXT, 3);
    put16(TEXT + 2, 'H');
    put16(TEXT + 4, 'I');
    put16(TEXT + 6, 'I');
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    free(image);
    return 0;
}

static bool find(const char *type, uint32_t tree_bytes, uint32_t *ret_rva, uint32_t *ret_bytes)
{
    return pe_resource_find(image, IMAGE_BYTES, TREE_RVA, tree_bytes, type, ret_rva, ret_bytes);
}

static void assert_not_found(const char *type)
{
    uint32_t rva;
    uint32_t bytes;

    assert_false(find(type, TREE_BYTES, &rva, &bytes));
}

static void assert_found(void)
{
    uint32_t rva = 0;
    uint32_t bytes = 0;

    assert_true(find("HII", TREE_BYTES, &rva, &bytes));
    assert_int_equal(rva, 0x40);
    assert_int_equal(bytes, 0x10);
}

static void test_found(void **state)
{
    (void)state;
    assert_found();
}

static void test_other_names(void **state)
{
    (void)state;
    assert_not_found("HI");
    assert_not_found("HIII");
    assert_not_found("hii");
    put32(TYPE_NAME, 3);
    assert_not_found("HII");
}

static void test_second_type(void **state)
{
    (void)state;
    /* The first type, a number, leads nowhere; the second one's entry lies where its name was. */
    put16(0x0c, 2);
    put32(TYPE_NAME, 7);
    put32(TYPE_TARGET, 0xffffffff);
    put32(0x18, IS_OFFSET | TEXT);
    put32(0x1c, IS_OFFSET | 0x20);
    assert_found();
}

static void test_leaf_on_a_higher_level(void **state)
{
    (void)state;
    put32(NAME_TARGET, LEAF);
    assert_found();
    put32(TYPE_TARGET, LEAF);
    assert_found();
}

static void test_deeper_trees(void **state)
{
    (void)state;
    put32(LANG_TARGET, IS_OFFSET | 0x20);
    assert_not_found("HII");
}

static void test_empty_tables(void **state)
{
    (void)state;
    put16(NAME_COUNT, 0);
    assert_not_found("HII");
    put16(0x0c, 0);
    assert_not_found("HII");
}

static void test_offsets_outside(void **state)
{
    static const uint32_t places[] = {TYPE_NAME, TYPE_TARGET, NAME_TARGET, LANG_TARGET};
    static const uint32_t offsets[] = {TREE_BYTES - 1, TREE_BYTES, 0x7fffffff};

    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
        for (size_t k = 0; k < sizeof(offsets) / sizeof(offsets[0]); k++) {
            teardown(state);
            setup(state);
            put32(places[i], offsets[k] | (places[i] == LANG_TARGET ? 0 : IS_OFFSET));
            assert_not_found("HII");
        }
}

static void test_resource_outside(void **state)
{
    (void)state;
    put32(LEAF, IMAGE_BYTES - 0xf);
    assert_not_found("HII");
    put32(LEAF, 0xfffffff8);
    assert_not_found("HII");
    put32(LEAF, 0x40);
    put32(LEAF_BYTES, 0xffffffff);
    assert_not_found("HII");
}

static void test_directory_outside(void **state)
{
    uint32_t rva;
    uint32_t bytes;

    (void)state;
    assert_false(find("HII", 0, &rva, &bytes));
    assert_false(find("HII", IMAGE_BYTES - TREE_RVA + 1, &rva, &bytes));
    assert_false(pe_resource_find(image, IMAGE_BYTES, 0xffffffff, 0xffffffff, "HII", &rva, &bytes));
}

/* However little of the tree there is, nothing behind it is read. */
static void test_cut_off_anywhere(void **state)
{
    (void)state;
    for (uint32_t size = 0; size < TEXT + 8; size++) {
        uint8_t *cut = malloc(TREE_RVA + size);
        uint32_t rva;
        uint32_t bytes;

        memcpy(cut, image, TREE_RVA + size);
        assert_false(pe_resource_find(cut, TREE_RVA + size, TREE_RVA, size, "HII", &rva, &bytes));
        free(cut);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_found, setup, teardown),
        cmocka_unit_test_setup_teardown(test_other_names, setup, teardown),
        cmocka_unit_test_setup_teardown(test_second_type, setup, teardown),
        cmocka_unit_test_setup_teardown(test_leaf_on_a_higher_level, setup, teardown),
        cmocka_unit_test_setup_teardown(test_deeper_trees, setup, teardown),
        cmocka_unit_test_setup_teardown(test_empty_tables, setup, teardown),
        cmocka_unit_test_setup_teardown(test_offsets_outside, setup, teardown),
        cmocka_unit_test_setup_teardown(test_resource_outside, setup, teardown),
        cmocka_unit_test_setup_teardown(test_directory_outside, setup, teardown),
        cmocka_unit_test_setup_teardown(test_cut_off_anywhere, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
