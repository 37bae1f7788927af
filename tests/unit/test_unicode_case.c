/* Case of UCS-2 characters, against the Unicode character database's simple mappings. */
#include "shim/text/unicode_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Both texts are equally long, and each character the other's counterpart. */
static void assert_pairs(const CHAR16 *upper, const CHAR16 *lower)
{
    for (; *upper; upper++, lower++) {
        assert_int_equal(unicode_lower(*upper), *lower);
        assert_int_equal(unicode_upper(*lower), *upper);
        assert_int_equal(unicode_upper(*upper), *upper);
        assert_int_equal(unicode_lower(*lower), *lower);
    }
    assert_int_equal(*lower, 0);
}

static void assert_unchanged(const CHAR16 *text)
{
    for (; *text; text++) {
        assert_int_equal(unicode_upper(*text), *text);
        assert_int_equal(unicode_lower(*text), *text);
    }
}

static void test_ascii(void **state)
{
    (void)state;
    assert_pairs(u"ABCDEFGHIJKLMNOPQRSTUVWXYZ", u"abcdefghijklmnopqrstuvwxyz");
    assert_unchanged(u"0123456789 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\x1f\x7f");
}

static void test_latin_1(void **state)
{
    (void)state;
    assert_pairs(u"ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞ", u"àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþ");
    assert_pairs(u"Ÿ", u"ÿ");
    assert_unchanged(u"×÷ßµªº¿");
}

static void test_latin_extended(void **state)
{
    (void)state;
    assert_pairs(u"ĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮĲĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŹŻŽ",
                 u"āăąćĉċčďđēĕėęěĝğġģĥħĩīĭįĳĵķĺļľŀłńņňŋōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷźżž");
    assert_pairs(u"ǍǛǞǮǸȘȚȞȢȲ", u"ǎǜǟǯǹșțȟȣȳ");
    assert_pairs(u"ḀẔẠẾỸƠƯ", u"ḁẕạếỹơư");
    assert_unchanged(u"İıĸŉſ");
}

static void test_greek(void **state)
{
    (void)state;
    assert_pairs(u"ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΪΫ", u"αβγδεζηθικλμνξοπρστυφχψωϊϋ");
    assert_pairs(u"ΆΈΉΊΌΎΏ", u"άέήίόύώ");
    assert_unchanged(u"ΐΰ΄");
    assert_int_equal(unicode_upper(u'ς'), u'Σ');
    assert_int_equal(unicode_lower(u'ς'), u'ς');
}

static void test_cyrillic_and_armenian(void **state)
{
    (void)state;
    assert_pairs(u"АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ", u"абвгдежзийклмнопрстуфхцчшщъыьэюя");
    assert_pairs(u"ЀЁЂЃЄЅІЇЈЉЊЋЌЍЎЏ", u"ѐёђѓєѕіїјљњћќѝўџ");
    assert_pairs(u"ѠҀҊҐҾӀӁӍӐӮԮ", u"ѡҁҋґҿӏӂӎӑӯԯ");
    assert_pairs(u"ԱՖ", u"աֆ");
}

static void test_full_width(void **state)
{
    (void)state;
    assert_pairs(u"ＡＺ", u"ａｚ");
}

/* The FAT driver relies on it: characters that are equal for one mapping are for the other. */
static void test_mappings_agree_and_are_idempotent(void **state)
{
    (void)state;
    for (uint32_t unit = 0; unit <= 0xffff; unit++) {
        CHAR16 upper = unicode_upper((CHAR16)unit);
        CHAR16 lower = unicode_lower((CHAR16)unit);

        assert_int_equal(unicode_upper(upper), upper);
        assert_int_equal(unicode_lower(lower), lower);
        assert_int_equal(unicode_upper(lower), upper);
        if (unit != u'ς')
            assert_int_equal(unicode_lower(upper), lower);
    }
}

static void test_other_scripts_and_surrogates_have_no_case(void **state)
{
    (void)state;
    assert_unchanged(u"אבعربदेव日本語한국");
    for (uint32_t unit = 0xd800; unit < 0xe000; unit++) {
        assert_int_equal(unicode_upper((CHAR16)unit), unit);
        assert_int_equal(unicode_lower((CHAR16)unit), unit);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ascii),
        cmocka_unit_test(test_latin_1),
        cmocka_unit_test(test_latin_extended),
        cmocka_unit_test(test_greek),
        cmocka_unit_test(test_cyrillic_and_armenian),
        cmocka_unit_test(test_full_width),
        cmocka_unit_test(test_mappings_agree_and_are_idempotent),
        cmocka_unit_test(test_other_scripts_and_surrogates_have_no_case),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
