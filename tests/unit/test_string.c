/* Built with the functions renamed (see unit.mk): what is called here is the firmware's. */
#include "loader/lib/string.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

/* More than two words, so that bulk, tail and both together occur at every alignment. */
#define SIZE_MAX_TESTED   20
#define OFFSET_MAX_TESTED 9
#define ARENA_BYTES       64
#define UNTOUCHED         0xee

static void fill(uint8_t *arena)
{
    for (size_t i = 0; i < ARENA_BYTES; i++)
        arena[i] = (uint8_t)(i + 1);
}

static void clear(uint8_t *arena)
{
    for (size_t i = 0; i < ARENA_BYTES; i++)
        arena[i] = UNTOUCHED;
}

static void check_copy(size_t from, size_t to, size_t size)
{
    uint8_t source[ARENA_BYTES];
    uint8_t target[ARENA_BYTES];

    fill(source);
    clear(target);
    assert_ptr_equal(memcpy(target + to, source + from, size), target + to);
    for (size_t i = 0; i < ARENA_BYTES; i++)
        assert_int_equal(target[i], i >= to && i - to < size ? source[i - to + from] : UNTOUCHED);
}

static void test_memcpy(void **state)
{
    (void)state;
    for (size_t size = 0; size <= SIZE_MAX_TESTED; size++)
        for (size_t from = 0; from < OFFSET_MAX_TESTED; from++)
            for (size_t to = 0; to < OFFSET_MAX_TESTED; to++)
                check_copy(from, to, size);
}

static void check_move(size_t from, size_t to, size_t size)
{
    uint8_t arena[ARENA_BYTES];
    uint8_t before[ARENA_BYTES];

    fill(arena);
    fill(before);
    assert_ptr_equal(memmove(arena + to, arena + from, size), arena + to);
    for (size_t i = 0; i < ARENA_BYTES; i++)
        assert_int_equal(arena[i], i >= to && i - to < size ? before[i - to + from] : before[i]);
}

static void test_memmove_downwards(void **state)
{
    (void)state;
    for (size_t size = 0; size <= SIZE_MAX_TESTED; size++)
        for (size_t distance = 0; distance <= SIZE_MAX_TESTED; distance++)
            check_move(distance, 0, size);
}

static void test_memmove_upwards(void **state)
{
    (void)state;
    for (size_t size = 0; size <= SIZE_MAX_TESTED; size++)
        for (size_t distance = 0; distance <= SIZE_MAX_TESTED; distance++)
            check_move(0, distance, size);
}

static void check_set(size_t offset, size_t size, int value)
{
    uint8_t arena[ARENA_BYTES];

    clear(arena);
    assert_ptr_equal(memset(arena + offset, value, size), arena + offset);
    for (size_t i = 0; i < ARENA_BYTES; i++)
        assert_int_equal(arena[i], i >= offset && i - offset < size ? (uint8_t)value : UNTOUCHED);
}

static void test_memset(void **state)
{
    (void)state;
    for (size_t size = 0; size <= SIZE_MAX_TESTED; size++)
        for (size_t offset = 0; offset < OFFSET_MAX_TESTED; offset++)
            check_set(offset, size, 0xa5);
}

static void test_memset_takes_the_low_byte(void **state)
{
    (void)state;
    check_set(1, 17, 0x1234);
    check_set(1, 17, -1);
}

/* Out of the sight of tools that would compare the literals themselves. */
static int compare(const char *a, const char *b, size_t size)
{
    return memcmp(a, b, size);
}

static int compare_texts(const char *a, const char *b)
{
    return strcmp(a, b);
}

static int compare_beginnings(const char *a, const char *b, size_t size)
{
    return strncmp(a, b, size);
}

static void test_memcmp_equal(void **state)
{
    (void)state;
    assert_int_equal(compare("abc", "abd", 2), 0);
    assert_int_equal(compare("abc", "xyz", 0), 0);
    assert_int_equal(compare("a\0b", "a\0b", 3), 0);
}

static void test_memcmp_orders_unsigned_bytes(void **state)
{
    (void)state;
    assert_true(compare("abc", "abd", 3) < 0);
    assert_true(compare("a\0c", "a\0b", 3) > 0);
    assert_true(compare("\x80", "\x7f", 1) > 0);
}

static void test_strlen(void **state)
{
    (void)state;
    assert_int_equal(strlen(""), 0);
    assert_int_equal(strlen("console=hvc0"), 12);
}

static void test_strnlen_stops_at_the_limit(void **state)
{
    char *unterminated = test_malloc(3);

    (void)state;
    memset(unterminated, 'x', 3);
    assert_int_equal(strnlen(unterminated, 3), 3);
    assert_int_equal(strnlen(unterminated, 0), 0);
    unterminated[1] = '\0';
    assert_int_equal(strnlen(unterminated, 3), 1);
    test_free(unterminated);
}

static void test_strcmp(void **state)
{
    (void)state;
    assert_int_equal(compare_texts("", ""), 0);
    assert_int_equal(compare_texts("abc", "abc"), 0);
    assert_true(compare_texts("abc", "abd") < 0);
    assert_true(compare_texts("abc", "ab") > 0);
    assert_true(compare_texts("ab", "abc") < 0);
    assert_true(compare_texts("\x80", "\x7f") > 0);
}

static void test_strncmp(void **state)
{
    (void)state;
    assert_int_equal(compare_beginnings("abc", "abd", 2), 0);
    assert_int_equal(compare_beginnings("abc", "xyz", 0), 0);
    assert_int_equal(compare_beginnings("ab", "ab", 9), 0);
    assert_true(compare_beginnings("abc", "abd", 3) < 0);
    assert_true(compare_beginnings("abc", "ab", 3) > 0);
    assert_true(compare_beginnings("\x80", "\x7f", 1) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memcpy),
        cmocka_unit_test(test_memmove_downwards),
        cmocka_unit_test(test_memmove_upwards),
        cmocka_unit_test(test_memset),
        cmocka_unit_test(test_memset_takes_the_low_byte),
        cmocka_unit_test(test_memcmp_equal),
        cmocka_unit_test(test_memcmp_orders_unsigned_bytes),
        cmocka_unit_test(test_strlen),
        cmocka_unit_test(test_strnlen_stops_at_the_limit),
        cmocka_unit_test(test_strcmp),
        cmocka_unit_test(test_strncmp),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
