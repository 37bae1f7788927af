/* DOS partition tables, good and damaged. */
#include "shim/partition/mbr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/memory_medium.h"

#define BLOCKS       4096u
#define CHAIN_FIRST  1000u
#define CHAIN_BLOCKS 1000u

static struct memory_medium disk;
static struct mbr mbr;

static MASTER_BOOT_RECORD *table_at(uint64_t block)
{
    return (MASTER_BOOT_RECORD *)(disk.content + block * disk.medium.block_bytes);
}

static void set_record(uint64_t block, unsigned int index, uint8_t type, uint32_t first,
                       uint32_t blocks)
{
    MASTER_BOOT_RECORD *table = table_at(block);

    table->Signature = MBR_SIGNATURE;
    table->Partition[index].OSIndicator = type;
    memcpy(table->Partition[index].StartingLBA, &first, sizeof(first));
    memcpy(table->Partition[index].SizeInLBA, &blocks, sizeof(blocks));
}

static void make_disk(uint32_t block_bytes)
{
    free(disk.content);
    memory_medium_init(&disk, calloc(BLOCKS, block_bytes), (uint64_t)BLOCKS * block_bytes,
                       block_bytes);
    table_at(0)->Signature = MBR_SIGNATURE;
}

static int setup(void **state)
{
    (void)state;
    make_disk(512);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    free(disk.content);
    disk.content = NULL;
    return 0;
}

static void assert_partition(unsigned int index, unsigned int number, uint64_t first,
                             uint64_t blocks)
{
    assert_true(index < mbr.count);
    assert_int_equal(mbr.partition[index].number, number);
    assert_int_equal(mbr.partition[index].first_block, first);
    assert_int_equal(mbr.partition[index].blocks, blocks);
}

static void read_table(void)
{
    assert_int_equal(mbr_read(&disk.medium, &mbr), EFI_SUCCESS);
}

static void test_four_records(void **state)
{
    static const uint8_t signature[] = {0x78, 0x56, 0x34, 0x12};

    (void)state;
    memcpy(table_at(0)->UniqueMbrSignature, signature, sizeof(signature));
    set_record(0, 0, 0xef, 100, 200);
    set_record(0, 2, 0x83, 400, 3696);
    table_at(0)->Partition[0].BootIndicator = 0x80;
    read_table();
    assert_int_equal(mbr.signature, 0x12345678);
    assert_false(mbr.is_protective);
    assert_int_equal(mbr.count, 2);
    assert_partition(0, 1, 100, 200);
    assert_partition(1, 3, 400, 3696);
    assert_int_equal(mbr.partition[0].record.OSIndicator, 0xef);
}

static void test_empty(void **state)
{
    (void)state;
    read_table();
    assert_int_equal(mbr.count, 0);
}

static void test_no_table(void **state)
{
    (void)state;
    table_at(0)->Signature = 0;
    assert_int_equal(mbr_read(&disk.medium, &mbr), EFI_NOT_FOUND);
}

/* A file system's boot sector ends with the same signature, but has code before it. */
static void test_code_is_no_table(void **state)
{
    (void)state;
    set_record(0, 0, 0x83, 100, 200);
    table_at(0)->Partition[3].BootIndicator = 0x20;
    assert_int_equal(mbr_read(&disk.medium, &mbr), EFI_NOT_FOUND);
}

static void test_outside(void **state)
{
    (void)state;
    set_record(0, 0, 0x83, 4000, 97);
    set_record(0, 1, 0x83, UINT32_MAX, UINT32_MAX);
    set_record(0, 2, 0x83, 0, 10);
    set_record(0, 3, 0x83, 4000, 96);
    read_table();
    assert_int_equal(mbr.count, 1);
    assert_partition(0, 4, 4000, 96);
}

/* Some programs write the size as large as it can be. */
static void test_protective(void **state)
{
    (void)state;
    set_record(0, 0, 0xee, 1, UINT32_MAX);
    read_table();
    assert_true(mbr.is_protective);
    assert_int_equal(mbr.count, 0);
}

static void test_hybrid(void **state)
{
    (void)state;
    set_record(0, 0, 0x83, 100, 200);
    set_record(0, 3, 0xee, 1, 99);
    read_table();
    assert_true(mbr.is_protective);
    assert_int_equal(mbr.count, 1);
}

static void test_protective_elsewhere(void **state)
{
    (void)state;
    set_record(0, 0, 0xee, 2, 100);
    read_table();
    assert_false(mbr.is_protective);
}

/* Links count from the chain's beginning, partitions from their own record. */
static void make_chain(uint8_t type)
{
    set_record(0, 0, 0x83, 10, 90);
    set_record(0, 1, type, CHAIN_FIRST, CHAIN_BLOCKS);
    set_record(CHAIN_FIRST, 0, 0x83, 8, 92);
    set_record(CHAIN_FIRST, 1, 0x05, 300, 100);
    set_record(CHAIN_FIRST + 300, 0, 0xef, 8, 50);
    set_record(CHAIN_FIRST + 300, 1, 0x05, 600, 100);
    set_record(CHAIN_FIRST + 600, 0, 0x82, 8, 392);
}

static void test_logical(void **state)
{
    static const uint8_t types[] = {0x05, 0x0f, 0x85};

    (void)state;
    for (size_t i = 0; i < sizeof(types); i++) {
        make_chain(types[i]);
        read_table();
        assert_int_equal(mbr.count, 4);
        assert_partition(0, 1, 10, 90);
        assert_partition(1, 5, CHAIN_FIRST + 8, 92);
        assert_partition(2, 6, CHAIN_FIRST + 308, 50);
        assert_partition(3, 7, CHAIN_FIRST + 608, 392);
    }
}

static void test_4096_byte_blocks(void **state)
{
    (void)state;
    make_disk(4096);
    make_chain(0x05);
    read_table();
    assert_int_equal(mbr.count, 4);
    assert_partition(3, 7, CHAIN_FIRST + 608, 392);
}

static void test_logical_outside_the_chain(void **state)
{
    (void)state;
    make_chain(0x05);
    set_record(CHAIN_FIRST, 0, 0x83, 8, CHAIN_BLOCKS);
    read_table();
    assert_int_equal(mbr.count, 3);
    assert_partition(1, 5, CHAIN_FIRST + 308, 50);
}

static void test_link_outside_the_chain(void **state)
{
    (void)state;
    make_chain(0x05);
    set_record(CHAIN_FIRST, 1, 0x05, CHAIN_BLOCKS, 1);
    read_table();
    assert_int_equal(mbr.count, 2);
}

static void test_loop(void **state)
{
    (void)state;
    make_chain(0x05);
    set_record(CHAIN_FIRST + 600, 1, 0x05, 300, 1);
    read_table();
    assert_true(mbr.count > 4 && mbr.count <= MBR_PARTITIONS_MAX);
}

/* A loop without a single partition in it. */
static void test_empty_loop(void **state)
{
    (void)state;
    set_record(0, 1, 0x05, CHAIN_FIRST, CHAIN_BLOCKS);
    set_record(CHAIN_FIRST, 1, 0x05, 300, 1);
    set_record(CHAIN_FIRST + 300, 1, 0x05, 300, 1);
    read_table();
    assert_int_equal(mbr.count, 0);
    assert_true(disk.reads <= MBR_PARTITIONS_MAX);
}

static void test_unreadable(void **state)
{
    (void)state;
    make_chain(0x05);
    disk.bad_start = (CHAIN_FIRST + 300) * 512;
    disk.bad_end = disk.bad_start + 1;
    read_table();
    assert_int_equal(mbr.count, 2);
    disk.bad_start = 0;
    assert_int_equal(mbr_read(&disk.medium, &mbr), EFI_DEVICE_ERROR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_four_records, setup, teardown),
        cmocka_unit_test_setup_teardown(test_empty, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_table, setup, teardown),
        cmocka_unit_test_setup_teardown(test_code_is_no_table, setup, teardown),
        cmocka_unit_test_setup_teardown(test_outside, setup, teardown),
        cmocka_unit_test_setup_teardown(test_protective, setup, teardown),
        cmocka_unit_test_setup_teardown(test_hybrid, setup, teardown),
        cmocka_unit_test_setup_teardown(test_protective_elsewhere, setup, teardown),
        cmocka_unit_test_setup_teardown(test_logical, setup, teardown),
        cmocka_unit_test_setup_teardown(test_4096_byte_blocks, setup, teardown),
        cmocka_unit_test_setup_teardown(test_logical_outside_the_chain, setup, teardown),
        cmocka_unit_test_setup_teardown(test_link_outside_the_chain, setup, teardown),
        cmocka_unit_test_setup_teardown(test_loop, setup, teardown),
        cmocka_unit_test_setup_teardown(test_empty_loop, setup, teardown),
        cmocka_unit_test_setup_teardown(test_unreadable, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
