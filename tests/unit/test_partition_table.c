/* GPT, MBR and El Torito as other programs write them, and what counts when one is damaged. */
#include "shim/partition/partition_table.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/fake_memory.h"
#include "tests/unit/image_file.h"
#include "tests/unit/isolated.h"

#define DISK_BYTES  (64u << 20)
#define ENTRIES_MAX 16

#define MAKE_GPT                                                                                \
    "sgdisk -n 1:2048:+32M -t 1:ef00 -c 1:ESP -u 1:01234567-89AB-CDEF-0123-456789ABCDEF IMAGE " \
    "&& sgdisk -n 7:0:0 -t 7:8300 -c 7:root IMAGE"

static struct image_file image;
static struct partition_entry entries[ENTRIES_MAX];
static unsigned int count;

static EFI_STATUS keep(void *context, const struct partition_entry *entry)
{
    (void)context;
    assert_true(count < ENTRIES_MAX);
    entries[count++] = *entry;
    return EFI_SUCCESS;
}

static EFI_STATUS read_table(void)
{
    count = 0;
    return partition_table_read(&image.memory.medium, keep, NULL);
}

static void run(const char *command)
{
    if (image_file_run(&image, command))
        fail_msg("%s: %s", command, image_file_output());
}

static void assert_gpt(void)
{
    static const EFI_GUID unique = {
        0x01234567, 0x89ab, 0xcdef, {0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef}};

    assert_int_equal(read_table(), EFI_SUCCESS);
    assert_int_equal(count, 2);
    assert_int_equal(entries[0].kind, PARTITION_GPT);
    assert_int_equal(entries[0].number, 1);
    assert_int_equal(entries[0].first_block, 2048);
    assert_int_equal(entries[0].blocks, 65536);
    assert_true(entries[0].is_efi_system);
    assert_memory_equal(&entries[0].gpt.unique, &unique, sizeof(unique));
    assert_memory_equal(entries[0].gpt.name, u"ESP", sizeof(u"ESP"));
    assert_int_equal(entries[1].number, 7);
    assert_int_equal(entries[1].first_block, 67584);
    assert_false(entries[1].is_efi_system);
}

static void make_gpt(void)
{
    fake_memory_init();
    image_file_create(&image, DISK_BYTES, 512);
    run(MAKE_GPT);
}

static void destroy(uint64_t block)
{
    memset(image.memory.content + block * 512, 0xa5, 512);
}

static void test_gpt(void **state)
{
    (void)state;
    make_gpt();
    assert_gpt();
    image_file_remove(&image);
}

static void test_nothing_is_kept(void **state)
{
    uint64_t used_pages;

    (void)state;
    make_gpt();
    used_pages = fake_memory_used_pages();
    assert_gpt();
    assert_int_equal(fake_memory_used_pages(), used_pages);
    image_file_remove(&image);
}

static void test_backup_gpt(void **state)
{
    (void)state;
    make_gpt();
    destroy(1);
    assert_gpt();
    image_file_remove(&image);
}

static void test_backup_gpt_for_entries(void **state)
{
    (void)state;
    make_gpt();
    destroy(5);
    assert_gpt();
    image_file_remove(&image);
}

static void test_unreadable_primary_gpt(void **state)
{
    (void)state;
    make_gpt();
    image.memory.bad_start = 512;
    image.memory.bad_end = 3 * 512;
    assert_gpt();
    image_file_remove(&image);
}

/* The backup is where the disk once ended. */
static void test_backup_gpt_of_a_grown_disk(void **state)
{
    (void)state;
    fake_memory_init();
    image_file_make(&image, 512, "truncate -s 64M IMAGE && " MAKE_GPT " && truncate -s 65M IMAGE");
    destroy(5);
    assert_gpt();
    image_file_remove(&image);
}

static void test_both_gpts_damaged(void **state)
{
    (void)state;
    make_gpt();
    destroy(1);
    destroy(DISK_BYTES / 512 - 1);
    assert_int_equal(read_table(), EFI_NOT_FOUND);
    image_file_remove(&image);
}

/* A disk that was partitioned anew by a program that knows no GPT. */
static void test_gpt_without_protection(void **state)
{
    (void)state;
    make_gpt();
    image.memory.content[446 + 4] = 0x83;
    assert_int_equal(read_table(), EFI_SUCCESS);
    assert_int_equal(count, 1);
    assert_int_equal(entries[0].kind, PARTITION_MBR);
    image_file_remove(&image);
}

static void test_hybrid_gpt(void **state)
{
    (void)state;
    make_gpt();
    run("sgdisk -h 1 IMAGE");
    assert_gpt();
    image_file_remove(&image);
}

static void test_mbr(void **state)
{
    (void)state;
    make_gpt();
    run("sgdisk -m 1:7 IMAGE");
    assert_int_equal(read_table(), EFI_SUCCESS);
    assert_int_equal(count, 2);
    assert_int_equal(entries[0].kind, PARTITION_MBR);
    assert_int_equal(entries[0].number, 1);
    assert_int_equal(entries[0].first_block, 2048);
    assert_int_equal(entries[0].blocks, 65536);
    assert_true(entries[0].is_efi_system);
    assert_int_equal(entries[0].mbr.record.OSIndicator, 0xef);
    image_file_remove(&image);
}

static void test_empty_disk(void **state)
{
    (void)state;
    fake_memory_init();
    image_file_create(&image, DISK_BYTES, 512);
    assert_int_equal(read_table(), EFI_NOT_FOUND);
    image_file_remove(&image);
}

static void test_no_memory(void **state)
{
    (void)state;
    make_gpt();
    fake_memory_exhaust();
    assert_int_equal(read_table(), EFI_OUT_OF_RESOURCES);
    image_file_remove(&image);
}

#define MAKE_ISO                                                                                  \
    "cd $(dirname IMAGE) && mkdir tree && truncate -s 3M tree/efi.img && echo x > tree/bios.img " \
    "&& xorriso -as mkisofs -o IMAGE -c boot.cat -b bios.img -no-emul-boot -boot-load-size 4 "    \
    "-eltorito-alt-boot -e efi.img -no-emul-boot tree && rm -r tree"

/* As on the disc, and as the disk with small blocks that a host makes of the file. */
static void test_el_torito(void **state)
{
    static const uint32_t block_bytes[] = {2048, 512};

    (void)state;
    fake_memory_init();
    for (size_t i = 0; i < sizeof(block_bytes) / sizeof(block_bytes[0]); i++) {
        image_file_make(&image, block_bytes[i], MAKE_ISO);
        assert_int_equal(read_table(), EFI_SUCCESS);
        assert_int_equal(count, 1);
        assert_int_equal(entries[0].kind, PARTITION_EL_TORITO);
        assert_int_equal(entries[0].number, 1);
        assert_int_equal(entries[0].blocks, (3u << 20) / block_bytes[i]);
        assert_true(entries[0].is_efi_system);
        image_file_remove(&image);
    }
}

static void test_iso_without_boot_catalog(void **state)
{
    (void)state;
    fake_memory_init();
    image_file_make(&image, 2048,
                    "cd $(dirname IMAGE) && mkdir tree && echo x >tree/file && xorriso -as mkisofs "
                    "-o IMAGE tree && "
                    "rm -r tree");
    assert_int_equal(read_table(), EFI_NOT_FOUND);
    image_file_remove(&image);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gpt),
        cmocka_unit_test(test_nothing_is_kept),
        cmocka_unit_test(test_backup_gpt),
        cmocka_unit_test(test_backup_gpt_for_entries),
        cmocka_unit_test(test_unreadable_primary_gpt),
        cmocka_unit_test(test_backup_gpt_of_a_grown_disk),
        cmocka_unit_test(test_both_gpts_damaged),
        cmocka_unit_test(test_gpt_without_protection),
        cmocka_unit_test(test_hybrid_gpt),
        cmocka_unit_test(test_mbr),
        cmocka_unit_test(test_empty_disk),
        cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_el_torito),
        cmocka_unit_test(test_iso_without_boot_catalog),
    };

    return isolated_run(tests);
}
