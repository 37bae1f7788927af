/* Headers and entries of GUID partition tables, good and damaged. */
#include "shim/partition/gpt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "loader/lib/crc32.h"
#include "tests/unit/gpt_builder.h"

#define BLOCK_BYTES  4096u
#define BLOCKS       1000u
#define ENTRY_BLOCKS 4u

static uint8_t block[BLOCK_BYTES];
static struct gpt_builder *const header = (struct gpt_builder *)block;
static struct gpt gpt;

static int setup(void **state)
{
    (void)state;
    memset(block, 0, sizeof(block));
    *header = gpt_builder_header(BLOCKS, ENTRY_BLOCKS);
    return 0;
}

static const char *parse(void)
{
    gpt_builder_seal(block);
    return gpt_parse_header(block, sizeof(block), 1, BLOCKS - 1, &gpt);
}

static void test_good(void **state)
{
    (void)state;
    header->entries_crc = 0x12345678;
    assert_null(parse());
    assert_int_equal(gpt.other_lba, BLOCKS - 1);
    assert_int_equal(gpt.entries_lba, 2);
    assert_int_equal(gpt.first_usable_lba, 6);
    assert_int_equal(gpt.last_usable_lba, BLOCKS - 6);
    assert_int_equal(gpt.entries_crc, 0x12345678);
    assert_int_equal(gpt_entries_bytes(&gpt), ENTRY_BLOCKS * BLOCK_BYTES);
}

static void test_longer_header(void **state)
{
    (void)state;
    header->header_bytes = BLOCK_BYTES;
    block[BLOCK_BYTES - 1] = 1;
    assert_null(parse());
}

static void test_signature(void **state)
{
    (void)state;
    header->signature++;
    assert_string_equal(parse(), "no signature");
}

static void test_header_size(void **state)
{
    static const uint32_t sizes[] = {0, 91, BLOCK_BYTES + 1, UINT32_MAX};

    (void)state;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        header->header_bytes = sizes[i];
        assert_string_equal(gpt_parse_header(block, sizeof(block), 1, BLOCKS - 1, &gpt),
                            "bad header size");
    }
}

static void test_checksum(void **state)
{
    (void)state;
    gpt_builder_seal(block);
    for (size_t i = 16; i < sizeof(*header); i++) {
        block[i] ^= 0x10;
        assert_string_equal(gpt_parse_header(block, sizeof(block), 1, BLOCKS - 1, &gpt),
                            "bad header checksum");
        block[i] ^= 0x10;
    }
}

static void test_moved(void **state)
{
    (void)state;
    header->my_lba = 2;
    assert_string_equal(parse(), "header of another block");
}

static void test_entry_sizes(void **state)
{
    static const uint32_t sizes[] = {0, 64, 192, UINT32_MAX, 0x80000000};

    (void)state;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        header->entry_bytes = sizes[i];
        assert_string_equal(parse(), "bad number or size of entries");
    }
}

static void test_entry_counts(void **state)
{
    static const uint32_t counts[] = {0, 8193, UINT32_MAX};

    (void)state;
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        header->entry_count = counts[i];
        assert_string_equal(parse(), "bad number or size of entries");
    }
}

static void test_layout(void **state)
{
    static const struct {
        uint64_t first_usable;
        uint64_t last_usable;
        uint64_t entries;
        bool is_good;
    } samples[] = {
        {6, BLOCKS - 1, 2, true},
        {6, BLOCKS, 2, false},                  /* beyond the disk */
        {BLOCKS - 6, BLOCKS - 7, 2, false},     /* no room */
        {5, BLOCKS - 6, 2, false},              /* entries among the partitions */
        {6, BLOCKS - 6, 1, false},              /* entries in the header */
        {6, BLOCKS - 6, 0, false},              /* … in the MBR */
        {6, BLOCKS - 6, BLOCKS - 5, true},      /* as in the backup */
        {6, BLOCKS - 6, BLOCKS - 3, false},     /* … beyond the disk */
        {6, BLOCKS - 6, UINT64_MAX, false},     /* … far beyond */
        {6, UINT64_MAX, UINT64_MAX - 3, false}, /* arithmetic that wraps */
    };

    (void)state;
    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
        header->first_usable_lba = samples[i].first_usable;
        header->last_usable_lba = samples[i].last_usable;
        header->entries_lba = samples[i].entries;
        if (samples[i].is_good)
            assert_null(parse());
        else
            assert_string_equal(parse(), "blocks outside the disk");
    }
}

static void test_entries(void **state)
{
    static const EFI_GUID type = GPT_EFI_SYSTEM_GUID;
    static struct gpt_entry entries[128];
    struct gpt_entry entry;

    (void)state;
    entries[3] = (struct gpt_entry){.type = type, .first_lba = 6, .last_lba = BLOCKS - 6};
    entries[4] = (struct gpt_entry){.type = type, .first_lba = 5, .last_lba = 100};
    entries[5] = (struct gpt_entry){.type = type, .first_lba = 100, .last_lba = 99};
    entries[6] = (struct gpt_entry){.type = type, .first_lba = 100, .last_lba = BLOCKS - 5};
    header->entries_crc = crc32_compute(entries, sizeof(entries));
    assert_null(parse());
    assert_true(gpt_entries_are_intact(&gpt, entries));
    for (uint32_t i = 0; i < 128; i++)
        assert_int_equal(gpt_parse_entry(&gpt, entries, i, &entry), i == 3);
    entries[127].attributes = 1;
    assert_false(gpt_entries_are_intact(&gpt, entries));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_good, setup),
        cmocka_unit_test_setup(test_longer_header, setup),
        cmocka_unit_test_setup(test_signature, setup),
        cmocka_unit_test_setup(test_header_size, setup),
        cmocka_unit_test_setup(test_checksum, setup),
        cmocka_unit_test_setup(test_moved, setup),
        cmocka_unit_test_setup(test_entry_sizes, setup),
        cmocka_unit_test_setup(test_entry_counts, setup),
        cmocka_unit_test_setup(test_layout, setup),
        cmocka_unit_test_setup(test_entries, setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
