/* Structures and their string sets (SMBIOS 3.0 section 6.1.3). */
#include "tables/smbios_writer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const struct smbios_header end = {SMBIOS_TYPE_END, sizeof(end), 0x7f00};

static void test_structure_without_strings_ends_in_two_zeros(void **state)
{
    static const uint8_t expected[] = {127, 4, 0, 0x7f, 0, 0, 0xee};
    uint8_t buffer[7];
    struct smbios_writer writer = {buffer, sizeof(buffer), 0};

    (void)state;
    memset(buffer, 0xee, sizeof(buffer));
    smbios_writer_add(&writer, &end, NULL, 0);
    assert_int_equal(writer.used, 6);
    assert_memory_equal(buffer, expected, sizeof(expected));
}

static void test_strings_follow_and_end_in_one_more_zero(void **state)
{
    static const char *const strings[] = {"a", "bc"};
    static const uint8_t expected[] = {127, 4, 0, 0x7f, 'a', 0, 'b', 'c', 0, 0, 0xee};
    uint8_t buffer[11];
    struct smbios_writer writer = {buffer, sizeof(buffer), 0};

    (void)state;
    memset(buffer, 0xee, sizeof(buffer));
    smbios_writer_add(&writer, &end, strings, 2);
    assert_int_equal(writer.used, 10);
    assert_memory_equal(buffer, expected, sizeof(expected));
}

/* Each piece fits or is left out; the sanitizer watches the buffer's end. */
static void test_short_buffer_is_never_overrun(void **state)
{
    static const char *const strings[] = {"first", "second"};

    (void)state;
    for (size_t capacity = 0; capacity < 40; capacity++) {
        uint8_t *buffer = test_malloc(capacity);
        struct smbios_writer writer = {buffer, capacity, 0};

        smbios_writer_add(&writer, &end, strings, 2);
        smbios_writer_add(&writer, &end, NULL, 0);
        assert_int_equal(writer.used, 4 + 6 + 7 + 1 + 6);
        test_free(buffer);
    }
}

static void test_strings_are_numbered_from_1(void **state)
{
    struct smbios_strings strings = {0};

    (void)state;
    assert_int_equal(smbios_strings_add(&strings, "one"), 1);
    assert_int_equal(smbios_strings_add(&strings, "two"), 2);
    assert_int_equal(strings.count, 2);
}

static void test_missing_and_empty_strings_have_number_0(void **state)
{
    struct smbios_strings strings = {0};

    (void)state;
    assert_int_equal(smbios_strings_add(&strings, NULL), 0);
    assert_int_equal(smbios_strings_add(&strings, ""), 0);
    assert_int_equal(strings.count, 0);
}

static void test_number_of_strings_is_bounded(void **state)
{
    struct smbios_strings strings = {0};

    (void)state;
    for (unsigned int i = 0; i < SMBIOS_STRINGS_MAX; i++)
        assert_int_equal(smbios_strings_add(&strings, "x"), i + 1);
    assert_int_equal(smbios_strings_add(&strings, "x"), 0);
    assert_int_equal(strings.count, SMBIOS_STRINGS_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_structure_without_strings_ends_in_two_zeros),
        cmocka_unit_test(test_strings_follow_and_end_in_one_more_zero),
        cmocka_unit_test(test_short_buffer_is_never_overrun),
        cmocka_unit_test(test_strings_are_numbered_from_1),
        cmocka_unit_test(test_missing_and_empty_strings_have_number_0),
        cmocka_unit_test(test_number_of_strings_is_bounded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
