/* SCSU against the samples of Unicode Technical Standard 6, section 9, and damaged texts. */
#include "shim/hii/scsu.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define UNITS_MAX 64

#define assert_decodes(bytes, expected) \
    assert_decoded((const uint8_t *)(bytes), sizeof(bytes), expected, sizeof(expected) / 2)

static void assert_decoded(const uint8_t *bytes, size_t size, const CHAR16 *expected, size_t units)
{
    CHAR16 text[UNITS_MAX];
    size_t used = 0;

    assert_int_equal(scsu_decode(bytes, size, text, UNITS_MAX, &used), units);
    assert_memory_equal(text, expected, units * sizeof(*text));
    assert_int_equal(used, size);
}

static void assert_damaged(const char *bytes, size_t size)
{
    size_t used;

    assert_int_equal(scsu_decode((const uint8_t *)bytes, size, NULL, 0, &used), 0);
}

static void test_latin(void **state)
{
    (void)state;
    assert_decodes("\xd6\x6c\x20\x66\x6c\x69\x65\xdf\x74", u"Öl fließt");
}

static void test_another_window(void **state)
{
    (void)state;
    assert_decodes("\x12\x9c\xbe\xc1\xba\xb2\xb0", u"Москва");
}

static void test_all_features(void **state)
{
    (void)state;
    assert_decodes(
        "\x41\xdf\x12\x81\x03\x5f\x10\xdf\x1b\x03\xdf\x1c\x88\x80\x0b\xbf\xff\xff\x0d\x0a"
        "\x41\x10\xdf\x12\x81\x03\x5f\x10\xdf\x13\xdf\x14\x80\x15\xff",
        u"AßЁşßǟ\xf000\xdbff\xdfff\r\n"
        u"AßЁşßǟ\xf000\xdbff\xdfff");
}

static void test_unicode_mode(void **state)
{
    static const uint8_t bytes[] = {0x0f, 0x00, 'A',  0xf0, 0xe0, 0x00, 0xe9, 0x01, 0xff,
                                    0x0f, 0xf1, 0x20, 0x01, 0x81, 0x0e, 0x12, 0x34, 0x00};

    (void)state;
    assert_decodes(bytes, u"A\xe000\x00ff\xd800\xdc81\x1234");
}

/* In Unicode mode a zero byte alone is no end. */
static void test_end_in_unicode_mode(void **state)
{
    static const uint8_t bytes[] = {0x0f, 0x01, 0x00, 0x00, 0x00};

    (void)state;
    assert_decodes(bytes, u"\x0100");
}

static void test_every_place_of_a_window(void **state)
{
    static const struct {
        uint8_t place;
        CHAR16 unit;
    } places[] = {{0x01, 0x0080}, {0x67, 0x3380}, {0x68, 0xe000}, {0xa7, 0xff80},
                  {0xf9, 0x00c0}, {0xfa, 0x0250}, {0xfb, 0x0370}, {0xfc, 0x0530},
                  {0xfd, 0x3040}, {0xfe, 0x30a0}, {0xff, 0xff60}};

    (void)state;
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        const uint8_t bytes[] = {0x18, places[i].place, 0x80, 0x00};
        const CHAR16 text[] = {places[i].unit, 0};

        assert_decodes(bytes, text);
    }
}

static void test_quotes(void **state)
{
    (void)state;
    assert_decodes("\x05\x10\x06\x90", u"\x2010\x3050");
}

static void test_damaged(void **state)
{
    (void)state;
    assert_damaged("", 0);
    assert_damaged("abc", 3);
    assert_damaged("\x0c", 2);         /* reserved */
    assert_damaged("\x18\xa8", 3);     /* reserved place */
    assert_damaged("\x18", 1);         /* nothing behind the tag */
    assert_damaged("\x0f\xf2", 3);     /* reserved */
    assert_damaged("\x0f\x01\x00", 3); /* no end: one byte too few */
    assert_damaged("\x0e\x12", 2);
    assert_damaged("\x0b\x12", 2);
}

static void test_small_buffer(void **state)
{
    CHAR16 text[] = {7, 7, 7};
    size_t used;

    (void)state;
    assert_int_equal(scsu_decode((const uint8_t *)"abcd", 5, text, 2, &used), 5);
    assert_int_equal(text[0], 'a');
    assert_int_equal(text[1], 'b');
    assert_int_equal(text[2], 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_latin),
        cmocka_unit_test(test_another_window),
        cmocka_unit_test(test_all_features),
        cmocka_unit_test(test_unicode_mode),
        cmocka_unit_test(test_end_in_unicode_mode),
        cmocka_unit_test(test_every_place_of_a_window),
        cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_small_buffer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
