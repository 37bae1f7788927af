/* Bytes and text that grow, and what happens when they may not. */
#include "shim/text/text_builder.h"

#include <string.h>

#include "shim/memory/pool.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

#define UNITS_MAX 4096

static void assert_taken(struct text_builder *text, const CHAR16 *expected, size_t units)
{
    CHAR16 *taken = text_take(text);

    assert_non_null(taken);
    assert_memory_equal(taken, expected, units * sizeof(CHAR16));
    assert_int_equal(taken[units], 0);
    assert_int_equal(pool_free(taken), EFI_SUCCESS);
}

#define ASSERT_TAKEN(text, expected) \
    assert_taken(text, u"" expected, sizeof(u"" expected) / sizeof(CHAR16) - 1)

static void test_text_of_every_kind(void **state)
{
    static const uint8_t bytes[] = {0x00, 0x0f, 0xff};
    static const EFI_GUID guid = {
        0x01234567, 0x89ab, 0xcdef, {0xfe, 0xdc, 0xba, 0x98, 0x76, 0x54, 0x32, 0x10}};
    struct text_builder text = TEXT_BUILDER(UNITS_MAX);

    (void)state;
    text_put_ascii(&text, "a-");
    text_put(&text, 0x20ac);
    text_put_decimal(&text, 0);
    text_put(&text, ' ');
    text_put_decimal(&text, UINT64_MAX);
    text_put(&text, ' ');
    text_put_hex_bytes(&text, bytes, sizeof(bytes));
    text_put(&text, ' ');
    text_put_guid(&text, &guid);
    ASSERT_TAKEN(&text, "a-\u20ac0 18446744073709551615 000FFF "
                        "01234567-89AB-CDEF-FEDC-BA9876543210");
}

static void test_hexadecimal_digits_are_at_least_so_many(void **state)
{
    struct text_builder text = TEXT_BUILDER(UNITS_MAX);

    (void)state;
    text_put_hex(&text, 0, 1);
    text_put(&text, ' ');
    text_put_hex(&text, 0xab, 1);
    text_put(&text, ' ');
    text_put_hex(&text, 0xab, 4);
    text_put(&text, ' ');
    text_put_hex(&text, UINT64_MAX, 1);
    text_put(&text, ' ');
    text_put_hex(&text, 1, 100);
    ASSERT_TAKEN(&text, "0 AB 00AB FFFFFFFFFFFFFFFF 0000000000000001");
}

static void test_empty_text_is_a_nul(void **state)
{
    struct text_builder text = TEXT_BUILDER(UNITS_MAX);

    (void)state;
    ASSERT_TAKEN(&text, "");
    ASSERT_TAKEN(&text, ""); /* empty again */
}

static void test_cut_text_goes_on_from_there(void **state)
{
    struct text_builder text = TEXT_BUILDER(UNITS_MAX);
    struct text_slice since;

    (void)state;
    text_put_ascii(&text, "keep");
    text_put_ascii(&text, "forget");
    since = text_since(&text, 4);
    assert_int_equal(since.length, 6);
    assert_true(text_slice_equals(since, "forget"));
    text_cut(&text, 4);
    assert_int_equal(text_length(&text), 4);
    text_cut(&text, 100);
    text_put_ascii(&text, "ing");
    ASSERT_TAKEN(&text, "keeping");
}

static void test_text_grows_as_it_must(void **state)
{
    struct text_builder text = TEXT_BUILDER(UNITS_MAX);
    CHAR16 *taken;

    (void)state;
    for (unsigned int i = 0; i < UNITS_MAX - 1; i++)
        text_put(&text, (CHAR16)(i + 1));
    taken = text_take(&text);
    for (unsigned int i = 0; i < UNITS_MAX - 1; i++)
        assert_int_equal(taken[i], i + 1);
    assert_int_equal(taken[UNITS_MAX - 1], 0);
    assert_int_equal(pool_free(taken), EFI_SUCCESS);
    assert_int_equal(fake_memory_used_pages(), 0);
}

static void test_text_beyond_its_limit_is_none(void **state)
{
    struct text_builder text = TEXT_BUILDER(8);

    (void)state;
    text_put_ascii(&text, "12345678"); /* the NUL is one too many */
    assert_null(text_take(&text));
    assert_int_equal(fake_memory_used_pages(), 0);
    text_put_ascii(&text, "1234567");
    ASSERT_TAKEN(&text, "1234567");
}

static void test_failure_sticks(void **state)
{
    struct text_builder text = TEXT_BUILDER(4);

    (void)state;
    text_put_ascii(&text, "12345");
    text_cut(&text, 0);
    text_put(&text, 'a');
    assert_int_equal(text_length(&text), 0);
    assert_null(text_take(&text));
}

static void test_no_text_without_memory(void **state)
{
    struct text_builder text = TEXT_BUILDER(UNITS_MAX);

    (void)state;
    text_put_ascii(&text, "before");
    fake_memory_exhaust();
    for (unsigned int i = 0; i < UNITS_MAX - 8; i++)
        text_put(&text, 'x');
    assert_null(text_take(&text));
}

static void test_dropped_text_leaves_no_memory_behind(void **state)
{
    struct text_builder text = TEXT_BUILDER(UNITS_MAX);

    (void)state;
    text_drop(&text);
    text_put_ascii(&text, "whatever");
    assert_int_not_equal(fake_memory_used_pages(), 0);
    text_drop(&text);
    assert_int_equal(fake_memory_used_pages(), 0);
}

static void test_added_bytes_are_zero_even_where_something_was(void **state)
{
    struct byte_builder bytes = BYTE_BUILDER(100);
    uint8_t *added = byte_builder_add(&bytes, 10);

    (void)state;
    memset(added, 0xa5, 10);
    byte_builder_cut(&bytes, 4);
    added = byte_builder_add(&bytes, 6);
    for (unsigned int i = 0; i < 6; i++)
        assert_int_equal(added[i], 0);
    assert_int_equal(bytes.bytes[3], 0xa5);
    assert_int_equal(bytes.size, 10);
    assert_null(byte_builder_add(&bytes, 91));
    assert_null(byte_builder_add(&bytes, SIZE_MAX));
    assert_null(byte_builder_take(&bytes));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_text_of_every_kind, fake_memory_setup),
        cmocka_unit_test_setup(test_hexadecimal_digits_are_at_least_so_many, fake_memory_setup),
        cmocka_unit_test_setup(test_empty_text_is_a_nul, fake_memory_setup),
        cmocka_unit_test_setup(test_cut_text_goes_on_from_there, fake_memory_setup),
        cmocka_unit_test_setup(test_text_grows_as_it_must, fake_memory_setup),
        cmocka_unit_test_setup(test_text_beyond_its_limit_is_none, fake_memory_setup),
        cmocka_unit_test_setup(test_failure_sticks, fake_memory_setup),
        cmocka_unit_test_setup(test_no_text_without_memory, fake_memory_setup),
        cmocka_unit_test_setup(test_dropped_text_leaves_no_memory_behind, fake_memory_setup),
        cmocka_unit_test_setup(test_added_bytes_are_zero_even_where_something_was,
                               fake_memory_setup),
    };

    return isolated_run(tests);
}
