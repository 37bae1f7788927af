/* Configuration strings from and to blocks (UEFI 2.10 sections 35.4.5, 35.4.6). */
#include "shim/hii/hii_config_block.h"

#include <string.h>

#include "shim/memory/pool.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

#define HEADER u"GUID=1&NAME=2&PATH=3"

static const uint8_t sample[] = {0x00, 0x01, 0x02, 0x03, 0x04, 0x05};
static uint8_t block[sizeof(sample)];
static const CHAR16 *progress;

static int setup(void **state)
{
    memcpy(block, sample, sizeof(block));
    return fake_memory_setup(state);
}

static void assert_text(const CHAR16 *text, const CHAR16 *expected)
{
    for (size_t i = 0; i == 0 || expected[i - 1]; i++)
        assert_int_equal(text[i], expected[i]);
}

static void assert_config(const CHAR16 *request, const CHAR16 *expected)
{
    CHAR16 *config = NULL;

    assert_int_equal(hii_config_from_block(request, block, sizeof(block), &config, &progress),
                     EFI_SUCCESS);
    assert_text(config, expected);
    assert_int_equal(*progress, 0);
    assert_int_equal(pool_free(config), EFI_SUCCESS);
}

static void assert_no_config(const CHAR16 *request, EFI_STATUS status, size_t failed_at)
{
    uint64_t used = fake_memory_used_pages();
    CHAR16 *config = NULL;

    assert_int_equal(hii_config_from_block(request, block, sizeof(block), &config, &progress),
                     status);
    assert_null(config);
    assert_int_equal(progress - request, failed_at);
    assert_int_equal(fake_memory_used_pages(), used);
}

static void test_from_block(void **state)
{
    (void)state;
    assert_config(HEADER u"&OFFSET=0&WIDTH=2", HEADER u"&OFFSET=0&WIDTH=2&VALUE=0100");
    assert_config(HEADER u"&OFFSET=0001&WIDTH=1&OFFSET=5&WIDTH=1",
                  HEADER u"&OFFSET=0001&WIDTH=1&VALUE=01&OFFSET=5&WIDTH=1&VALUE=05");
    assert_config(HEADER, HEADER);
    block[3] = 0xAB;
    assert_config(HEADER u"&OFFSET=3&WIDTH=1", HEADER u"&OFFSET=3&WIDTH=1&VALUE=ab");
}

static void test_from_block_beyond_its_end(void **state)
{
    (void)state;
    assert_no_config(HEADER u"&OFFSET=5&WIDTH=2", EFI_DEVICE_ERROR, 20);
    assert_no_config(HEADER u"&OFFSET=ffffffffffffffff&WIDTH=0", EFI_DEVICE_ERROR, 20);
}

static void test_from_block_without_names(void **state)
{
    (void)state;
    assert_no_config(u"OFFSET=0&WIDTH=1", EFI_INVALID_PARAMETER, 0);
    assert_no_config(HEADER u"&Fred", EFI_INVALID_PARAMETER, 20);
    assert_no_config(HEADER u"&OFFSET=0&WIDTH=1&OFFSET=1", EFI_INVALID_PARAMETER, 37);
    assert_no_config(HEADER u"&OFFSET=&WIDTH=1", EFI_INVALID_PARAMETER, 20);
    assert_no_config(HEADER u"&OFFSET=g&WIDTH=1", EFI_INVALID_PARAMETER, 20);
    assert_no_config(HEADER u"&OFFSET=ffffffffffffffff&WIDTH=1", EFI_INVALID_PARAMETER, 20);
}

static void assert_block(const CHAR16 *config, const uint8_t *expected, size_t last)
{
    size_t bytes = sizeof(block);

    memcpy(block, sample, sizeof(block));
    assert_int_equal(hii_config_to_block(config, block, &bytes, &progress), EFI_SUCCESS);
    assert_memory_equal(block, expected, sizeof(block));
    assert_int_equal(bytes, last);
    assert_int_equal(*progress, 0);
}

/* The specification's example. */
static void test_to_block(void **state)
{
    static const uint8_t expected[] = {0x55, 0xaa, 0x02, 0x03, 0x07, 0x05};

    (void)state;
    assert_block(u"OFFSET=4&WIDTH=1&VALUE=7&OFFSET=0&WIDTH=2&VALUE=AA55", expected, 4);
    assert_block(HEADER u"&OFFSET=4&WIDTH=1&VALUE=7&OFFSET=0&WIDTH=2&VALUE=AA55", expected, 4);
}

static void test_values_shorter_and_longer_than_their_width(void **state)
{
    static const uint8_t shorter[] = {0x0f, 0x00, 0x02, 0x03, 0x04, 0x05};
    static const uint8_t longer[] = {0x34, 0x01, 0x02, 0x03, 0x04, 0x05};

    (void)state;
    assert_block(u"OFFSET=0&WIDTH=2&VALUE=f", shorter, 1);
    assert_block(u"OFFSET=0&WIDTH=1&VALUE=1234", longer, 0);
}

static void test_small_block(void **state)
{
    const CHAR16 *config = u"OFFSET=0&WIDTH=1&VALUE=ff&OFFSET=4&WIDTH=2&VALUE=1";
    size_t bytes = 5;

    (void)state;
    assert_int_equal(hii_config_to_block(config, block, &bytes, &progress), EFI_BUFFER_TOO_SMALL);
    assert_int_equal(bytes, 6);
    assert_memory_equal(block, sample, sizeof(block));
    bytes = 100;
    assert_int_equal(hii_config_to_block(config, NULL, &bytes, &progress), EFI_BUFFER_TOO_SMALL);
    assert_int_equal(bytes, 6);
}

static void test_to_block_stops_at_other_names(void **state)
{
    const CHAR16 *config = u"OFFSET=0&WIDTH=1&VALUE=ff&Fred=1&OFFSET=1&WIDTH=1&VALUE=ff";
    size_t bytes = sizeof(block);

    (void)state;
    assert_int_equal(hii_config_to_block(config, block, &bytes, &progress), EFI_INVALID_PARAMETER);
    assert_int_equal(progress - config, 25);
    assert_int_equal(block[0], 0xff);
    assert_int_equal(block[1], 0x01);
    config = u"OFFSET=0&WIDTH=1&VALUE=xy";
    assert_int_equal(hii_config_to_block(config, block, &bytes, &progress), EFI_INVALID_PARAMETER);
    assert_int_equal(progress - config, 0);
    config = u"OFFSET=ffffffffffffffff&WIDTH=2&VALUE=1";
    assert_int_equal(hii_config_to_block(config, block, &bytes, &progress), EFI_INVALID_PARAMETER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_from_block, setup),
        cmocka_unit_test_setup(test_from_block_beyond_its_end, setup),
        cmocka_unit_test_setup(test_from_block_without_names, setup),
        cmocka_unit_test_setup(test_to_block, setup),
        cmocka_unit_test_setup(test_values_shorter_and_longer_than_their_width, setup),
        cmocka_unit_test_setup(test_small_block, setup),
        cmocka_unit_test_setup(test_to_block_stops_at_other_names, setup),
    };

    return isolated_run(tests);
}
