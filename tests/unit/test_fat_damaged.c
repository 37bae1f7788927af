/* Volumes that nobody should have made: every answer is a status, and none takes for ever. */
#include <stdlib.h>
#include <string.h>

#include "shim/fat/fat_bpb.h"
#include "tests/unit/fat_fixture.h"
#include "tests/unit/isolated.h"

/* FAT16, clusters of 512 bytes: what mkfs.fat is told to make. */
#define MAKE          "truncate -s 9M IMAGE && mkfs.fat -F 16 -s 1 -R 1 -f 1 -r 512 IMAGE"
#define FAT_OFFSET    512u
#define READS_MAX     20000u
#define FIRST_CLUSTER 26u

static struct fat_fixture fixture;
static uint8_t data[10000];

static void set_next(uint32_t cluster, uint16_t next)
{
    memcpy(fixture.image.memory.content + FAT_OFFSET + 2 * (size_t)cluster, &next, sizeof(next));
}

static uint8_t *root_entry(unsigned int index)
{
    return fixture.image.memory.content + fixture.fat.volume.geometry.root_offset +
           32 * (size_t)index;
}

static uint16_t first_cluster(unsigned int index)
{
    uint16_t cluster;

    memcpy(&cluster, root_entry(index) + FIRST_CLUSTER, sizeof(cluster));
    return cluster;
}

/* A volume with one file of 20 clusters, before anything is read anew. */
static void make(void)
{
    fat_fixture_fill(data, sizeof(data), 1);
    fat_fixture_make(&fixture, MAKE);
    fat_fixture_write(&fixture, u"FILE", data, sizeof(data));
    fat_fixture_make_directory(&fixture, u"DIR");
    fat_fixture_write(&fixture, u"DIR\\INSIDE", data, 10);
    fat_fixture_unmount(&fixture);
}

static void mount(void)
{
    assert_true(fat_fixture_mount(&fixture));
    memory_medium_reset_counts(&fixture.image.memory);
}

static void finish(void)
{
    assert_true(fixture.image.memory.reads < READS_MAX);
    fat_fixture_unmount(&fixture);
    image_file_remove(&fixture.image);
}

static EFI_STATUS try_read(const CHAR16 *path, UINTN bytes)
{
    EFI_STATUS status;
    EFI_FILE_HANDLE file = fat_fixture_try_open(&fixture, path, FAT_FIXTURE_READ, 0, &status);
    static uint8_t buffer[sizeof(data)];

    if (!file)
        return status;
    status = file->Read(file, &bytes, buffer);
    fat_fixture_close(file);
    return status;
}

static EFI_STATUS try_append(const CHAR16 *path)
{
    EFI_FILE_HANDLE file = fat_fixture_open(&fixture, path, FAT_FIXTURE_WRITE);
    UINTN bytes = sizeof(data);
    EFI_STATUS status;

    assert_int_equal(file->SetPosition(file, UINT64_MAX), EFI_SUCCESS);
    status = file->Write(file, &bytes, data);
    fat_fixture_close(file);
    return status;
}

static EFI_STATUS try_delete(const CHAR16 *path)
{
    EFI_FILE_HANDLE file = fat_fixture_open(&fixture, path, FAT_FIXTURE_WRITE);

    return file->Delete(file);
}

static void test_loop(void **state)
{
    uint16_t cluster;

    (void)state;
    make();
    cluster = first_cluster(0);
    set_next(cluster + 3u, cluster);
    mount();
    try_read(u"FILE", sizeof(data));
    assert_int_equal(try_append(u"FILE"), EFI_VOLUME_CORRUPTED);
    assert_int_equal(try_delete(u"FILE"), EFI_WARN_DELETE_FAILURE);
    fat_fixture_expect(&fixture, u"DIR\\INSIDE", data, 10);
    finish();
}

static void test_chain_too_short(void **state)
{
    static const uint16_t ends[] = {0xffff, 0, 1, 0xfff0, 0xfff7, 60000};

    (void)state;
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        if (i == 0)
            make();
        set_next(first_cluster(0) + 3u, ends[i]);
        mount();
        assert_int_equal(try_read(u"FILE", 2048), EFI_SUCCESS);
        assert_int_equal(try_read(u"FILE", sizeof(data)), EFI_VOLUME_CORRUPTED);
        assert_int_equal(try_append(u"FILE"), EFI_VOLUME_CORRUPTED);
        fat_fixture_unmount(&fixture);
    }
    image_file_remove(&fixture.image);
}

static void test_first_cluster_outside(void **state)
{
    static const uint16_t clusters[] = {0, 1, 0xfff8, 60000};

    (void)state;
    for (size_t i = 0; i < sizeof(clusters) / sizeof(clusters[0]); i++) {
        if (i == 0)
            make();
        memcpy(root_entry(0) + FIRST_CLUSTER, &clusters[i], sizeof(clusters[i]));
        memcpy(root_entry(1) + FIRST_CLUSTER, &clusters[i], sizeof(clusters[i]));
        mount();
        assert_int_equal(try_read(u"FILE", sizeof(data)), EFI_VOLUME_CORRUPTED);
        assert_int_equal(try_append(u"FILE"), EFI_VOLUME_CORRUPTED);
        assert_int_equal(try_read(u"DIR", 1000), EFI_VOLUME_CORRUPTED);
        assert_int_equal(try_read(u"DIR\\INSIDE", 10), EFI_VOLUME_CORRUPTED);
        fat_fixture_unmount(&fixture);
    }
    image_file_remove(&fixture.image);
}

/* Reads entries until there are no more, or one cannot be read. */
static unsigned int count_entries(const CHAR16 *path)
{
    EFI_FILE_HANDLE directory = fat_fixture_open(&fixture, path, FAT_FIXTURE_READ);
    unsigned int count = 0;
    UINTN bytes;

    do {
        static uint8_t buffer[1024];

        bytes = sizeof(buffer);
        if (directory->Read(directory, &bytes, buffer) != EFI_SUCCESS)
            break;
        count++;
    } while (bytes);
    fat_fixture_close(directory);
    return count;
}

/* A directory that follows itself. */
static void test_directory_loop(void **state)
{
    uint16_t cluster;

    (void)state;
    make();
    cluster = first_cluster(1);
    set_next(cluster, cluster);
    memset(fixture.image.memory.content + fixture.fat.volume.geometry.data_offset +
               (cluster - 2) * UINT64_C(512),
           'A', 512);
    mount();
    assert_true(count_entries(u"DIR") <= 65537);
    assert_int_equal(try_read(u"DIR\\NOWHERE", 10), EFI_NOT_FOUND);
    assert_int_equal(try_delete(u"DIR"), EFI_WARN_DELETE_FAILURE);
    fixture.image.memory.reads = 0;
    finish();
}

/* A directory that is in itself: as deep as somebody likes to go. */
static void test_directory_in_itself(void **state)
{
    CHAR16 path[] = u"DIR\\DIR\\DIR\\DIR\\DIR\\DIR\\DIR\\DIR\\DIR\\DIR\\DIR\\DIR\\..\\DIR\\INSIDE";
    uint8_t *inside;

    (void)state;
    make();
    inside = fixture.image.memory.content + fixture.fat.volume.geometry.data_offset +
             (first_cluster(1) - 2) * UINT64_C(512);
    memcpy(inside + 3 * 32, root_entry(1), 32);
    mount();
    fat_fixture_expect(&fixture, path, data, 10);
    assert_int_equal(fat_fixture_rename(&fixture, u"DIR", u"DIR\\DIR\\DIR\\LOOP"),
                     EFI_ACCESS_DENIED);
    assert_int_equal(try_delete(u"DIR\\DIR"), EFI_WARN_DELETE_FAILURE);
    finish();
}

/* Names of parts that are not there, in the wrong order, or not this file's. */
static void test_broken_long_names(void **state)
{
    static const uint8_t orders[] = {0x41, 0x42, 0x01, 0x40, 0x54, 0x55, 0x7f, 0x00};

    (void)state;
    make();
    for (size_t i = 0; i < sizeof(orders); i++) {
        uint8_t part[32] = {orders[i], 'x', 0, [11] = 0x0f};

        memcpy(root_entry(2), part, sizeof(part));
        memcpy(root_entry(3), root_entry(0), 32);
        root_entry(3)[0] = 'G';
        mount();
        assert_string_equal(fat_fixture_list(&fixture, u""),
                            orders[i] ? "FILE DIR GILE " : "FILE DIR ");
        fat_fixture_unmount(&fixture);
    }
    image_file_remove(&fixture.image);
}

/* What a boot sector says, and whether there can be such a volume. */
struct absurdity {
    uint16_t offset;
    uint8_t bytes;
    uint32_t value;
};

static void check_boot_sector(const struct absurdity *absurdity, const uint8_t *sector,
                              uint64_t medium_bytes)
{
    struct fat_geometry geometry;
    uint8_t copy[FAT_BPB_BYTES];

    memcpy(copy, sector, sizeof(copy));
    assert_null(fat_bpb_parse(copy, medium_bytes, &geometry));
    memcpy(copy + absurdity->offset, &absurdity->value, absurdity->bytes);
    if (!fat_bpb_parse(copy, medium_bytes, &geometry))
        fail_msg("%u at %u is taken", absurdity->value, absurdity->offset);
}

static void test_boot_sectors(void **state)
{
    static const struct absurdity absurdities[] = {
        {0, 1, 0},  {11, 2, 0},  {11, 2, 256},   {11, 2, 513},   {11, 2, 8192}, {13, 1, 0},
        {13, 1, 3}, {14, 2, 0},  {16, 1, 0},     {16, 1, 5},     {17, 2, 0},    {17, 2, 15},
        {19, 2, 0}, {19, 2, 20}, {19, 2, 50},    {19, 2, 65535}, {21, 1, 0xef}, {22, 2, 0},
        {22, 2, 1}, {22, 2, 50}, {22, 2, 65535}, {14, 2, 65535},
    };

    (void)state;
    make();
    for (size_t i = 0; i < sizeof(absurdities) / sizeof(absurdities[0]); i++)
        check_boot_sector(&absurdities[i], fixture.image.memory.content,
                          fixture.image.memory.medium.bytes);
    image_file_remove(&fixture.image);
}

static void test_fat32_boot_sectors(void **state)
{
    static const struct absurdity absurdities[] = {
        {36, 4, 0}, {36, 4, 1}, {36, 4, UINT32_MAX}, {42, 2, 1},          {44, 4, 0},
        {44, 4, 1}, {17, 2, 1}, {44, 4, 0x0fffffff}, {32, 4, UINT32_MAX},
    };

    (void)state;
    fat_fixture_make(&fixture, "truncate -s 64M IMAGE && mkfs.fat -F 32 -s 1 IMAGE");
    for (size_t i = 0; i < sizeof(absurdities) / sizeof(absurdities[0]); i++)
        check_boot_sector(&absurdities[i], fixture.image.memory.content,
                          fixture.image.memory.medium.bytes);
    fat_fixture_finish(&fixture);
}

/* Nothing that has room for files. */
static void test_other_volumes(void **state)
{
    static uint8_t sector[FAT_BPB_BYTES];
    struct fat_geometry geometry;

    (void)state;
    assert_non_null(fat_bpb_parse(sector, UINT64_MAX, &geometry));
    memset(sector, 0xff, sizeof(sector));
    assert_non_null(fat_bpb_parse(sector, UINT64_MAX, &geometry));
    memcpy(sector, "\xeb\x52\x90NTFS    ", 11);
    assert_non_null(fat_bpb_parse(sector, UINT64_MAX, &geometry));
}

/* FSInfo may say anything; what it says of itself must fit. */
static void test_free_space_that_cannot_be(void **state)
{
    static const uint32_t unknown = UINT32_MAX;
    uint64_t free_space;

    (void)state;
    fat_fixture_make(&fixture, "truncate -s 64M IMAGE && mkfs.fat -F 32 -s 1 IMAGE");
    free_space = fat_fixture_volume_info(&fixture)->FreeSpace;
    fat_fixture_unmount(&fixture);
    memcpy(fixture.image.memory.content + 512 + 488, &unknown, sizeof(unknown));
    memcpy(fixture.image.memory.content + 512 + 492, &unknown, sizeof(unknown));
    assert_true(fat_fixture_mount(&fixture));
    assert_int_equal(fat_fixture_volume_info(&fixture)->FreeSpace, free_space);
    fat_fixture_write(&fixture, u"f", data, sizeof(data));
    fat_fixture_finish(&fixture);
}

/* Less than is said to be free: what was taken on the way is given back. */
static void test_free_space_that_is_too_large(void **state)
{
    static uint8_t large[2u << 20];
    static const uint32_t many = 4000;
    EFI_FILE_HANDLE file;
    UINTN bytes = sizeof(large);

    (void)state;
    fat_fixture_make(&fixture, "truncate -s 1M IMAGE && mkfs.fat -F 32 -s 1 IMAGE");
    fixture.fat.volume.free_clusters = many * 2;
    file = fat_fixture_open(&fixture, u"f", FAT_FIXTURE_CREATE);
    assert_int_equal(file->Write(file, &bytes, large), EFI_VOLUME_FULL);
    fat_fixture_close(file);
    fixture.fat.volume.free_clusters = FAT_CLUSTERS_UNKNOWN;
    fat_fixture_write(&fixture, u"f", data, sizeof(data));
    fat_fixture_finish(&fixture);
}

/* A volume that somebody else left marked stays so, until it is repaired. */
static void test_mark_stays(void **state)
{
    (void)state;
    make();
    fixture.image.memory.content[37] |= 1;
    mount();
    fat_fixture_write(&fixture, u"G", data, 10);
    fat_fixture_unmount(&fixture);
    assert_int_equal(fixture.image.memory.content[37] & 1, 1);
    assert_true(fat_fixture_mount(&fixture));
    finish();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_loop),
        cmocka_unit_test(test_chain_too_short),
        cmocka_unit_test(test_first_cluster_outside),
        cmocka_unit_test(test_directory_loop),
        cmocka_unit_test(test_directory_in_itself),
        cmocka_unit_test(test_broken_long_names),
        cmocka_unit_test(test_boot_sectors),
        cmocka_unit_test(test_fat32_boot_sectors),
        cmocka_unit_test(test_other_volumes),
        cmocka_unit_test(test_free_space_that_cannot_be),
        cmocka_unit_test(test_free_space_that_is_too_large),
        cmocka_unit_test(test_mark_stays),
    };

    return isolated_run(tests);
}
