/* Parts of a directory, as xenstored sends them and as it should not. */
#include "hypercall/xenstore_listing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <xen/errno.h>

#define PART(text) text, sizeof(text) - 1

static char names[16];

static struct xenstore_listing begin(void)
{
    return (struct xenstore_listing){.names = names, .capacity = sizeof(names)};
}

static void test_parts_are_put_together(void **state)
{
    struct xenstore_listing listing = begin();

    (void)state;
    assert_int_equal(xenstore_listing_add(&listing, PART("7\0one\0two\0")), 0);
    assert_false(listing.complete);
    assert_int_equal(listing.bytes, 8);
    assert_int_equal(xenstore_listing_add(&listing, PART("7\0three\0\0")), 0);
    assert_true(listing.complete);
    assert_int_equal(listing.bytes, 14);
    assert_memory_equal(names, "one\0two\0three", 14);
}

static void test_empty_last_part(void **state)
{
    struct xenstore_listing listing = begin();

    (void)state;
    assert_int_equal(xenstore_listing_add(&listing, PART("7\0one\0")), 0);
    assert_int_equal(xenstore_listing_add(&listing, PART("7\0\0")), 0);
    assert_true(listing.complete);
    assert_int_equal(listing.bytes, 4);
}

static void test_empty_directory(void **state)
{
    struct xenstore_listing listing = begin();

    (void)state;
    assert_int_equal(xenstore_listing_add(&listing, PART("7\0\0")), 0);
    assert_true(listing.complete);
    assert_int_equal(listing.bytes, 0);
}

static void test_other_generation(void **state)
{
    struct xenstore_listing listing = begin();

    (void)state;
    assert_int_equal(xenstore_listing_add(&listing, PART("7\0one\0")), 0);
    assert_int_equal(xenstore_listing_add(&listing, PART("8\0two\0\0")), -XEN_EAGAIN);
}

static void test_more_than_fits(void **state)
{
    struct xenstore_listing listing = begin();

    (void)state;
    assert_int_equal(xenstore_listing_add(&listing, PART("7\0fifteen-letters\0\0")), 0);
    assert_int_equal(listing.bytes, sizeof(names));
    assert_int_equal(xenstore_listing_add(&listing, PART("7\0x\0\0")), -XEN_E2BIG);
}

static void test_senseless_parts(void **state)
{
    static const struct {
        const char *payload;
        size_t bytes;
    } parts[] = {
        {PART("")},           {PART("7")},
        {PART("7\0")},        {PART("7\0one")},
        {PART("7\0one\0tw")}, {PART("a generation that is far too long\0one\0\0")},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        struct xenstore_listing listing = begin();

        assert_int_equal(xenstore_listing_add(&listing, parts[i].payload, parts[i].bytes),
                         -XEN_EIO);
        assert_int_equal(listing.bytes, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts_are_put_together), cmocka_unit_test(test_empty_last_part),
        cmocka_unit_test(test_empty_directory),        cmocka_unit_test(test_other_generation),
        cmocka_unit_test(test_more_than_fits),         cmocka_unit_test(test_senseless_parts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
