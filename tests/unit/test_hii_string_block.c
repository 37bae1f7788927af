/* Each kind of string block, ids, fonts; and blocks that are damaged. */
#include "shim/hii/hii_string_block.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define UNITS_MAX 32

static struct hii_string_reader reader;
static uint8_t *blocks;

/* On the heap, with nothing behind them. */
static void open_blocks(const void *bytes, size_t size)
{
    free(blocks);
    blocks = malloc(size ? size : 1);
    memcpy(blocks, bytes, size);
    hii_string_reader_open(&reader, blocks, size);
}

static int close_blocks(void **state)
{
    (void)state;
    free(blocks);
    blocks = NULL;
    return 0;
}

static struct hii_string_entry next(void)
{
    struct hii_string_entry entry;

    assert_int_equal(hii_string_next(&reader, &entry), EFI_SUCCESS);
    return entry;
}

static void assert_end(void)
{
    struct hii_string_entry entry;

    assert_int_equal(hii_string_next(&reader, &entry), EFI_NOT_FOUND);
}

static void assert_damaged(const void *bytes, size_t size)
{
    struct hii_string_entry entry;

    open_blocks(bytes, size);
    assert_int_equal(hii_string_next(&reader, &entry), EFI_INVALID_PARAMETER);
}

static void assert_next_text(uint32_t id, uint8_t font, const CHAR16 *expected)
{
    struct hii_string_entry entry = next();
    CHAR16 text[UNITS_MAX];

    assert_int_equal(entry.kind, HII_STRING_TEXT);
    assert_int_equal(entry.id, id);
    assert_int_equal(entry.font, font);
    assert_in_range(entry.text.units, 1, UNITS_MAX);
    hii_text_copy(&entry.text, text, UNITS_MAX);
    for (size_t i = 0; i < entry.text.units; i++)
        assert_int_equal(text[i], expected[i]);
    assert_int_equal(text[entry.text.units - 1], 0);
}

static void test_ucs2(void **state)
{
    static const uint8_t bytes[] = {0x14, 'a', 0, 0, 0, 0x15, 9, 'b', 1, 0, 0, 0x00};

    (void)state;
    open_blocks(bytes, sizeof(bytes));
    assert_next_text(1, 0, u"a");
    assert_next_text(2, 9, u"\x0162");
    assert_end();
}

static void test_scsu(void **state)
{
    static const uint8_t bytes[] = {0x10, 'a', 0xe4, 0, 0x11, 7, 'b', 0};

    (void)state;
    open_blocks(bytes, sizeof(bytes));
    assert_next_text(1, 0, u"aä");
    assert_next_text(2, 7, u"b");
    assert_end();
}

static void test_several_in_a_block(void **state)
{
    static const uint8_t bytes[] = {0x12, 2, 0,    'a', 0,   'b', 0, 0x13, 5,   1, 0,
                                    'c',  0, 0x16, 2,   0,   'd', 0, 0,    0,   0, 0,
                                    0x17, 6, 1,    0,   'e', 0,   0, 0,    0x00};

    (void)state;
    open_blocks(bytes, sizeof(bytes));
    assert_next_text(1, 0, u"a");
    assert_next_text(2, 0, u"b");
    assert_next_text(3, 5, u"c");
    assert_next_text(4, 0, u"d");
    assert_next_text(5, 0, u"");
    assert_next_text(6, 6, u"e");
    assert_end();
}

static void test_none_in_a_block(void **state)
{
    static const uint8_t bytes[] = {0x12, 0, 0, 0x10, 'a', 0};

    (void)state;
    open_blocks(bytes, sizeof(bytes));
    assert_next_text(1, 0, u"a");
    assert_end();
}

static void test_skips_and_duplicates(void **state)
{
    static const uint8_t bytes[] = {0x22, 3, 0x21, 0x00, 0x01, 0x20, 2, 1, 0x10, 'a', 0};
    struct hii_string_entry entry;

    (void)state;
    open_blocks(bytes, sizeof(bytes));
    entry = next();
    assert_int_equal(entry.kind, HII_STRING_SKIP);
    assert_int_equal(entry.id, 1);
    assert_int_equal(entry.count, 3);
    entry = next();
    assert_int_equal(entry.id, 4);
    assert_int_equal(entry.count, 0x100);
    entry = next();
    assert_int_equal(entry.kind, HII_STRING_DUPLICATE);
    assert_int_equal(entry.id, 0x104);
    assert_int_equal(entry.original, 0x102);
    assert_next_text(0x105, 0, u"a");
    assert_end();
}

static void test_font(void **state)
{
    static const uint8_t bytes[] = {0x31, 0x40, 15,  0, 3, 19, 0,    2,   0,
                                    0,    0,    'F', 0, 0, 0,  0x10, 'a', 0};
    struct hii_string_entry entry;

    (void)state;
    open_blocks(bytes, sizeof(bytes));
    entry = next();
    assert_int_equal(entry.kind, HII_STRING_FONT);
    assert_int_equal(entry.font, 3);
    assert_int_equal(entry.font_size, 19);
    assert_int_equal(entry.font_style, 2);
    assert_int_equal(entry.text.units, 2);
    assert_memory_equal(entry.text.bytes, u"F", sizeof(u"F"));
    assert_next_text(1, 0, u"a");
}

static void test_unknown_extensions_are_passed_over(void **state)
{
    static const uint8_t bytes[] = {0x30, 1,    4, 0xff, 0x31, 0x41, 5,    0,   0xff,
                                    0x32, 0x40, 6, 0,    0,    0,    0x10, 'a', 0};

    (void)state;
    open_blocks(bytes, sizeof(bytes));
    for (int i = 0; i < 3; i++)
        assert_int_equal(next().count, 0);
    assert_next_text(1, 0, u"a");
}

static void test_damaged(void **state)
{
    (void)state;
    assert_damaged("\x40", 1);             /* unknown */
    assert_damaged("\x14\x61\x00\x00", 4); /* no end of the text */
    assert_damaged("\x10\x61", 2);
    assert_damaged("\x12\x02", 2);     /* no count */
    assert_damaged("\x15", 1);         /* no font */
    assert_damaged("\x12\x02\x00", 3); /* no text */
    assert_damaged("\x20\x02", 2);     /* no original */
    assert_damaged("\x22", 1);
    assert_damaged("\x21\x01", 2);
    assert_damaged("\x30\x01\x02", 3); /* shorter than itself */
    assert_damaged("\x30\x01\x04", 3); /* longer than all */
    assert_damaged("\x32\x01\xff\xff\xff\xff", 6);
    assert_damaged("\x31\x40\x08\x00\x01\x13\x00", 8); /* a font without a name */
    assert_damaged("\x31\x40\x0b\x00\x01\x13\x00\x00\x00\x00\x00", 11);
}

static void test_ids_end_at_65535(void **state)
{
    static const uint8_t bytes[] = {0x21, 0xff, 0xff, 0x22, 1};
    struct hii_string_entry entry;

    (void)state;
    open_blocks(bytes, sizeof(bytes));
    assert_int_equal(next().count, 0xffff);
    assert_int_equal(hii_string_next(&reader, &entry), EFI_INVALID_PARAMETER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ucs2),
        cmocka_unit_test(test_scsu),
        cmocka_unit_test(test_several_in_a_block),
        cmocka_unit_test(test_none_in_a_block),
        cmocka_unit_test(test_skips_and_duplicates),
        cmocka_unit_test(test_font),
        cmocka_unit_test(test_unknown_extensions_are_passed_over),
        cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_ids_end_at_65535),
    };

    return cmocka_run_group_tests(tests, NULL, close_blocks);
}
