#include "loader/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/log_capture.h"

#define REST_BYTES 256

/* Parses with room enough and expects `rest`. */
static struct options parse(const char *cmdline, const char *expected_rest)
{
    struct options options;
    char rest[REST_BYTES];

    log_capture_clear();
    options_parse(cmdline, &options, rest, sizeof(rest));
    assert_string_equal(rest, expected_rest);
    return options;
}

static void assert_no_message(void)
{
    assert_string_equal(log_capture_last(), "");
}

static void assert_message(const char *part)
{
    assert_non_null(strstr(log_capture_last(), part));
}

static void test_empty_command_line(void **state)
{
    (void)state;
    assert_int_equal(parse("", "").log_level, LOG_INFO);
    assert_no_message();
}

static void test_boot_performance_can_be_switched(void **state)
{
    (void)state;
    assert_true(parse("", "").boot_performance);
    assert_false(parse("pvhefi.fpdt=off", "").boot_performance);
    assert_true(parse("pvhefi.fpdt=off pvhefi.fpdt=on", "").boot_performance);
    assert_no_message();
    assert_true(parse("pvhefi.fpdt=no", "").boot_performance);
    assert_message("fpdt=no ignored");
}

static void test_consoles(void **state)
{
    (void)state;
    assert_int_equal(parse("", "").console, TERMINAL_AUTO);
    assert_int_equal(parse("pvhefi.console=pv", "").console, TERMINAL_PV);
    assert_int_equal(parse("pvhefi.console=xen", "").console, TERMINAL_XEN);
    assert_int_equal(parse("pvhefi.console=serial", "").console, TERMINAL_SERIAL);
    assert_int_equal(parse("pvhefi.console=none", "").console, TERMINAL_NONE);
    assert_int_equal(parse("pvhefi.console=none pvhefi.console=auto", "").console, TERMINAL_AUTO);
    assert_no_message();
    assert_int_equal(parse("pvhefi.console=none pvhefi.console=hvc0", "").console, TERMINAL_NONE);
    assert_message("console=hvc0 ignored (expected auto, pv, xen, serial or none)");
}

static void test_foreign_words_pass(void **state)
{
    (void)state;
    parse("root=/dev/xvda1 ro quiet", "root=/dev/xvda1 ro quiet");
    assert_no_message();
}

static void test_log_levels(void **state)
{
    (void)state;
    assert_int_equal(parse("pvhefi.log=error", "").log_level, LOG_ERROR);
    assert_int_equal(parse("pvhefi.log=warning", "").log_level, LOG_WARNING);
    assert_int_equal(parse("pvhefi.log=info", "").log_level, LOG_INFO);
    assert_int_equal(parse("pvhefi.log=debug", "").log_level, LOG_DEBUG);
    assert_no_message();
}

static void test_option_is_removed_anywhere(void **state)
{
    (void)state;
    assert_int_equal(parse("pvhefi.log=debug a b", "a b").log_level, LOG_DEBUG);
    assert_int_equal(parse("a pvhefi.log=debug b", "a b").log_level, LOG_DEBUG);
    assert_int_equal(parse("a b pvhefi.log=debug", "a b").log_level, LOG_DEBUG);
}

static void test_last_option_wins(void **state)
{
    (void)state;
    assert_int_equal(parse("pvhefi.log=debug pvhefi.log=error", "").log_level, LOG_ERROR);
}

static void test_blanks_are_reduced_to_one(void **state)
{
    (void)state;
    parse(" \t a\n\n b  ", "a b");
}

static void test_quoted_blanks_do_not_separate(void **state)
{
    (void)state;
    parse("dyndbg=\"file a.c  +p\" \"b  c\" d", "dyndbg=\"file a.c  +p\" \"b  c\" d");
}

static void test_option_inside_quotes_is_not_ours(void **state)
{
    (void)state;
    assert_int_equal(parse("x=\"a pvhefi.log=debug\"", "x=\"a pvhefi.log=debug\"").log_level,
                     LOG_INFO);
}

static void test_quoted_option_is_ours(void **state)
{
    (void)state;
    assert_int_equal(parse("\"pvhefi.log=debug\" a", "a").log_level, LOG_DEBUG);
    assert_int_equal(parse("pvhefi.log=\"debug\" a", "a").log_level, LOG_DEBUG);
}

static void test_unterminated_quote_takes_the_rest(void **state)
{
    (void)state;
    assert_int_equal(parse("a \"b pvhefi.log=debug", "a \"b pvhefi.log=debug").log_level, LOG_INFO);
}

static void test_words_behind_double_dash_pass(void **state)
{
    (void)state;
    assert_int_equal(parse("a -- pvhefi.log=debug b", "a -- pvhefi.log=debug b").log_level,
                     LOG_INFO);
    assert_no_message();
}

static void test_only_a_lone_double_dash_ends_options(void **state)
{
    (void)state;
    assert_int_equal(parse("--x pvhefi.log=debug", "--x").log_level, LOG_DEBUG);
    assert_int_equal(parse("--- pvhefi.log=debug", "---").log_level, LOG_DEBUG);
}

static void test_unknown_option_warns_and_goes(void **state)
{
    (void)state;
    parse("a pvhefi.colour=red b", "a b");
    assert_message("unknown option pvhefi.colour=red");
}

static void test_option_without_value_warns(void **state)
{
    (void)state;
    assert_int_equal(parse("pvhefi.log a", "a").log_level, LOG_INFO);
    assert_message("unknown option pvhefi.log");
}

static void test_bad_value_warns_and_keeps_the_default(void **state)
{
    (void)state;
    assert_int_equal(parse("pvhefi.log=loud a", "a").log_level, LOG_INFO);
    assert_message("pvhefi.log=loud");
}

static void test_value_must_match_whole(void **state)
{
    (void)state;
    assert_int_equal(parse("pvhefi.log=debugging", "").log_level, LOG_INFO);
    assert_message("debugging");
    assert_int_equal(parse("pvhefi.log=", "").log_level, LOG_INFO);
    assert_message("pvhefi.log=");
}

static void test_similar_words_are_not_ours(void **state)
{
    (void)state;
    parse("pvhefi xpvhefi.log=debug pvhefi-log=debug", "pvhefi xpvhefi.log=debug pvhefi-log=debug");
    assert_no_message();
}

static void test_overlong_option_is_removed(void **state)
{
    char cmdline[REST_BYTES];

    (void)state;
    snprintf(cmdline, sizeof(cmdline), "pvhefi.%0200d a", 0);
    parse(cmdline, "a");
    assert_message("unknown option pvhefi.000");
}

static void test_rest_of_the_same_size_fits(void **state)
{
    char *rest = test_malloc(6);
    struct options options;

    (void)state;
    log_capture_clear();
    options_parse("ab cd", &options, rest, 6);
    assert_string_equal(rest, "ab cd");
    assert_no_message();
    test_free(rest);
}

static void test_rest_is_cut_at_a_words_end(void **state)
{
    char *rest = test_malloc(8);
    struct options options;

    (void)state;
    log_capture_clear();
    options_parse("ab cd efgh i pvhefi.log=debug", &options, rest, 8);
    assert_string_equal(rest, "ab cd");
    assert_message("cut after 5 bytes");
    assert_int_equal(options.log_level, LOG_DEBUG);
    test_free(rest);
}

static void test_rest_without_room_is_empty(void **state)
{
    char rest[1] = {'x'};
    struct options options;

    (void)state;
    options_parse("a", &options, rest, sizeof(rest));
    assert_string_equal(rest, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty_command_line),
        cmocka_unit_test(test_boot_performance_can_be_switched),
        cmocka_unit_test(test_consoles),
        cmocka_unit_test(test_foreign_words_pass),
        cmocka_unit_test(test_log_levels),
        cmocka_unit_test(test_option_is_removed_anywhere),
        cmocka_unit_test(test_last_option_wins),
        cmocka_unit_test(test_blanks_are_reduced_to_one),
        cmocka_unit_test(test_quoted_blanks_do_not_separate),
        cmocka_unit_test(test_option_inside_quotes_is_not_ours),
        cmocka_unit_test(test_quoted_option_is_ours),
        cmocka_unit_test(test_unterminated_quote_takes_the_rest),
        cmocka_unit_test(test_words_behind_double_dash_pass),
        cmocka_unit_test(test_only_a_lone_double_dash_ends_options),
        cmocka_unit_test(test_unknown_option_warns_and_goes),
        cmocka_unit_test(test_option_without_value_warns),
        cmocka_unit_test(test_bad_value_warns_and_keeps_the_default),
        cmocka_unit_test(test_value_must_match_whole),
        cmocka_unit_test(test_similar_words_are_not_ours),
        cmocka_unit_test(test_overlong_option_is_removed),
        cmocka_unit_test(test_rest_of_the_same_size_fits),
        cmocka_unit_test(test_rest_is_cut_at_a_words_end),
        cmocka_unit_test(test_rest_without_room_is_empty),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
