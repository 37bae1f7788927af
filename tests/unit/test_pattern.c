/* MetaiMatch's patterns (UEFI 2.10 section 21.1). */
#include "shim/text/pattern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct match {
    const CHAR16 *text;
    const CHAR16 *pattern;
    bool expected;
};

static void assert_matches(const struct match *matches, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (pattern_matches(matches[i].text, matches[i].pattern) != matches[i].expected)
            fail_msg("case %zu: expected %d", i, matches[i].expected);
}

#define ASSERT_MATCHES(list) assert_matches(list, sizeof(list) / sizeof((list)[0]))

static void test_characters_match_in_either_case(void **state)
{
    static const struct match matches[] = {
        {u"", u"", true},       {u"a", u"a", true},     {u"a", u"A", true},     {u"É", u"é", true},
        {u"abc", u"ABC", true}, {u"abc", u"ab", false}, {u"ab", u"abc", false}, {u"a", u"", false},
        {u"", u"a", false},     {u"a]", u"a]", true},   {u"a-b", u"a-b", true}, {u"a", u"b", false},
    };

    (void)state;
    ASSERT_MATCHES(matches);
}

static void test_question_mark_is_one_character(void **state)
{
    static const struct match matches[] = {
        {u"a", u"?", true},     {u"", u"?", false},     {u"ab", u"?", false},
        {u"abc", u"a?c", true}, {u"ac", u"a?c", false}, {u"?", u"?", true},
    };

    (void)state;
    ASSERT_MATCHES(matches);
}

static void test_asterisk_is_any_characters(void **state)
{
    static const struct match matches[] = {
        {u"", u"*", true},
        {u"abc", u"*", true},
        {u"abc", u"a*", true},
        {u"abc", u"*c", true},
        {u"abc", u"*b", false},
        {u"abc", u"*b*", true},
        {u"abc", u"a*c", true},
        {u"ac", u"a*c", true},
        {u"acb", u"a*c", false},
        {u"abcabc", u"a*c", true},
        {u"abab", u"*ab", true},
        {u"aaab", u"*aab", true},
        {u"abc", u"**", true},
        {u"abc", u"*?", true},
        {u"", u"*?", false},
        {u"abc", u"***c***", true},
        {u"abcd", u"a*b*d", true},
        {u"abcd", u"a*d*b", false},
        {u"mississippi", u"m*is*ip?i", true},
    };

    (void)state;
    ASSERT_MATCHES(matches);
}

static void test_examples_of_the_specification(void **state)
{
    static const struct match matches[] = {
        {u"shell.FW", u"*.FW", true},
        {u"shell.fw", u"*.FW", true},
        {u"shell.Fw", u"*.FW", true},
        {u"shellfw", u"*.FW", false},
        {u"M", u"[a-z]", true},
        {u"m", u"[a-z]", true},
        {u"1", u"[a-z]", false},
        {u"(", u"[!@#$%^&*()]", true},
        {u"*", u"[!@#$%^&*()]", true},
        {u"a", u"[!@#$%^&*()]", false},
        {u"Z", u"z", true},
        {u"d1.txt", u"D?.*", true},
        {u"d1.", u"D?.*", true},
        {u"d.txt", u"D?.*", false},
    };

    (void)state;
    ASSERT_MATCHES(matches);
}

static void test_sets(void **state)
{
    static const struct match matches[] = {
        {u"b", u"[abc]", true},     {u"B", u"[abc]", true},     {u"d", u"[abc]", false},
        {u"", u"[abc]", false},     {u"x5", u"x[0-9]", true},   {u"x", u"x[0-9]", false},
        {u"g", u"[a-cf-h]", true},  {u"d", u"[a-cf-h]", false}, {u"5", u"[a-c5]", true},
        {u"b", u"[c-a]", false},    {u"ж", u"[А-Я]", true},     {u"ab", u"[ab][ab]", true},
        {u"?", u"[?]", true},       {u"x", u"[?]", false},      {u"*", u"[*]", true},
        {u"xaby", u"x*[b]y", true}, {u"[", u"[[]", true},       {u"a]", u"[a]]", true},
    };

    (void)state;
    ASSERT_MATCHES(matches);
}

static void test_hyphen_at_the_edge_of_a_set_is_itself(void **state)
{
    static const struct match matches[] = {
        {u"-", u"[-a]", true}, {u"a", u"[-a]", true},  {u"B", u"[-a]", false},
        {u"-", u"[a-]", true}, {u"a", u"[a-]", true},  {u"-", u"[-]", true},
        {u"-", u"[--]", true}, {u"z", u"[a-]", false},
    };

    (void)state;
    ASSERT_MATCHES(matches);
}

static void test_broken_sets_match_nothing(void **state)
{
    static const struct match matches[] = {
        {u"a", u"[", false},  {u"a", u"[a", false},  {u"[a", u"[a", false},
        {u"a", u"[]", false}, {u"", u"[]", false},   {u"", u"[", false},
        {u"a", u"*[", false}, {u"a", u"[a-", false}, {u"[]", u"[]", false},
    };

    (void)state;
    ASSERT_MATCHES(matches);
}

/* Trying every way to share the text among the asterisks would take for ever. */
static void test_many_asterisks_take_no_time(void **state)
{
    CHAR16 text[1001];
    CHAR16 pattern[1001];

    (void)state;
    for (size_t i = 0; i < 1000; i++) {
        text[i] = 'a';
        pattern[i] = i % 2 ? 'a' : '*';
    }
    text[1000] = 0;
    pattern[1000] = 0;
    assert_true(pattern_matches(text, pattern));
    pattern[999] = 'b';
    assert_false(pattern_matches(text, pattern));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_characters_match_in_either_case),
        cmocka_unit_test(test_question_mark_is_one_character),
        cmocka_unit_test(test_asterisk_is_any_characters),
        cmocka_unit_test(test_examples_of_the_specification),
        cmocka_unit_test(test_sets),
        cmocka_unit_test(test_hyphen_at_the_edge_of_a_set_is_itself),
        cmocka_unit_test(test_broken_sets_match_nothing),
        cmocka_unit_test(test_many_asterisks_take_no_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
