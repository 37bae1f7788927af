/*
 * The guest is destroyed after every single block that it writes while it changes a volume: what
 * was there before is there afterwards, and fsck.fat repairs the rest.
 */
#include <stdlib.h>
#include <string.h>

#include "tests/unit/fat_fixture.h"
#include "tests/unit/isolated.h"

#define OLD_BYTES  3000u
#define NEW_BYTES  9000u
#define LESS_BYTES 700u

#define LONG_NAME  u"a name of several parts, which reach into the next sector of the directory"
#define OTHER_NAME u"another such name, which is as long as that, or even longer than it was.txt"

static struct fat_fixture fixture;
static uint8_t data[NEW_BYTES];
static uint8_t *pristine;

/* Sectors hold 16 entries: these fill one, so that what follows lies in more than one. */
static void fill_directory(const CHAR16 *path, unsigned int files)
{
    for (unsigned int i = 0; i < files; i++) {
        CHAR16 name[32];
        size_t chars = 0;

        for (; path[chars]; chars++)
            name[chars] = path[chars];
        name[chars] = '\\';
        name[chars + 1] = (CHAR16)('A' + i);
        name[chars + 2] = 0;
        fat_fixture_write(&fixture, name, data + i, 10);
    }
}

/* What there is before the guest begins. */
static void prepare(void)
{
    fat_fixture_make_directory(&fixture, u"keep");
    fat_fixture_make_directory(&fixture, u"full");
    fat_fixture_make_directory(&fixture, u"from");
    fat_fixture_make_directory(&fixture, u"from\\moving");
    fat_fixture_make_directory(&fixture, u"gone");
    fat_fixture_write(&fixture, u"keep\\" LONG_NAME, data, OLD_BYTES);
    fat_fixture_write(&fixture, u"from\\moving\\inside", data, OLD_BYTES);
    fill_directory(u"full", 14);
    fill_directory(u"from", 11);
    fat_fixture_write(&fixture, u"from\\" LONG_NAME, data, OLD_BYTES);
    fat_fixture_write(&fixture, u"from\\renamed", data, OLD_BYTES);
    fat_fixture_write(&fixture, u"from\\moved", data, OLD_BYTES);
    fat_fixture_write(&fixture, u"empty", data, 0);
    fat_fixture_write(&fixture, u"longer", data, OLD_BYTES);
    fat_fixture_write(&fixture, u"shorter", data, OLD_BYTES);
    fat_fixture_write(&fixture, u"none", data, OLD_BYTES);
}

/* From here on nothing is expected to succeed. */
static EFI_FILE_HANDLE open_any(const CHAR16 *path, uint64_t mode, uint64_t attributes)
{
    return fat_fixture_try_open(&fixture, path, mode, attributes, NULL);
}

static void close_any(EFI_FILE_HANDLE file)
{
    if (file)
        file->Close(file);
}

static void write_any(const CHAR16 *path, uint64_t position, size_t bytes)
{
    EFI_FILE_HANDLE file = open_any(path, FAT_FIXTURE_CREATE, 0);
    UINTN written = bytes;

    if (!file)
        return;
    file->SetPosition(file, position);
    file->Write(file, &written, data + position);
    file->Close(file);
}

static bool get_info(EFI_FILE_HANDLE file, void *buffer, UINTN bytes)
{
    static EFI_GUID guid = EFI_FILE_INFO_ID;

    return file && file->GetInfo(file, &guid, &bytes, buffer) == EFI_SUCCESS;
}

static void change_any(const CHAR16 *path, const CHAR16 *name, uint64_t bytes)
{
    static union {
        EFI_FILE_INFO info;
        uint8_t bytes[1024];
    } buffer;
    EFI_FILE_HANDLE file = open_any(path, FAT_FIXTURE_WRITE, 0);
    CHAR16 *to = buffer.info.FileName;

    if (get_info(file, &buffer, sizeof(buffer))) {
        for (size_t i = 0; name && (i == 0 || name[i - 1]); i++)
            to[i] = name[i];
        if (!name)
            buffer.info.FileSize = bytes;
        fat_fixture_set_info(file, &buffer.info);
    }
    close_any(file);
}

static void delete_any(const CHAR16 *path)
{
    EFI_FILE_HANDLE file = open_any(path, FAT_FIXTURE_WRITE, 0);

    if (file)
        file->Delete(file);
}

static void change_volume(void)
{
    write_any(u"new file with a long name", 0, OLD_BYTES);
    write_any(u"full\\" LONG_NAME, 0, OLD_BYTES);
    write_any(u"empty", 0, OLD_BYTES);
    write_any(u"longer", 1000, NEW_BYTES - 1000);
    change_any(u"shorter", NULL, LESS_BYTES);
    change_any(u"none", NULL, 0);
    delete_any(u"from\\" LONG_NAME);
    close_any(open_any(u"new directory", FAT_FIXTURE_CREATE, EFI_FILE_DIRECTORY));
    write_any(u"new directory\\file", 0, 10);
    change_any(u"from\\renamed", OTHER_NAME, 0);
    change_any(u"from\\moved", u"\\full\\" OTHER_NAME, 0);
    change_any(u"from\\moving", u"\\new directory\\moving", 0);
    delete_any(u"gone");
    write_any(u"from\\last", 0, 10);
}

/* The file is there, and its first bytes are the old ones. */
static bool has_old_content(const CHAR16 *path, size_t bytes)
{
    EFI_FILE_HANDLE file = open_any(path, FAT_FIXTURE_READ, 0);
    static uint8_t buffer[NEW_BYTES];
    UINTN read = bytes;
    bool is_same;

    if (!file)
        return false;
    is_same = file->Read(file, &read, buffer) == EFI_SUCCESS && read == bytes &&
              memcmp(buffer, data, bytes) == 0;
    fat_fixture_close(file);
    return is_same;
}

static void expect_filled(const CHAR16 *path, unsigned int files)
{
    for (unsigned int i = 0; i < files; i++) {
        CHAR16 name[] = u"xxxx\\A";

        memcpy(name, path, 4 * sizeof(*path));
        name[5] = (CHAR16)('A' + i);
        fat_fixture_expect(&fixture, name, data + i, 10);
    }
}

/*
 * Whatever happened. A file that has two names in the end keeps its content under one of them when
 * it is repaired.
 */
static void check_old_content(void)
{
    fat_fixture_expect(&fixture, u"keep\\" LONG_NAME, data, OLD_BYTES);
    expect_filled(u"full", 14);
    expect_filled(u"from", 11);
    assert_true(has_old_content(u"longer", OLD_BYTES));
    assert_true(has_old_content(u"shorter", LESS_BYTES));
    assert_true(has_old_content(u"none", 0));
    assert_true(has_old_content(u"empty", 0));
    assert_true(has_old_content(u"from\\renamed", OLD_BYTES) ||
                has_old_content(u"from\\" OTHER_NAME, OLD_BYTES));
    assert_true(has_old_content(u"from\\moved", OLD_BYTES) ||
                has_old_content(u"full\\" OTHER_NAME, OLD_BYTES));
    assert_true(has_old_content(u"from\\moving\\inside", OLD_BYTES) ||
                has_old_content(u"new directory\\moving\\inside", OLD_BYTES));
    assert_true(!fat_fixture_exists(&fixture, u"from\\" LONG_NAME) ||
                has_old_content(u"from\\" LONG_NAME, OLD_BYTES));
}

static void remount(void)
{
    EFI_FILE_HANDLE root = fixture.root;

    root->Close(root);
    assert_true(list_is_empty(&fixture.fat.volume.nodes));
    fat_system_unmount(&fixture.fat);
    fixture.image.memory.blocks_to_write = MEMORY_MEDIUM_NO_LIMIT;
    assert_true(fat_fixture_mount(&fixture));
}

static void restore(void)
{
    fat_fixture_close(fixture.root);
    fat_system_unmount(&fixture.fat);
    memcpy(fixture.image.memory.content, pristine, fixture.image.memory.medium.bytes);
    assert_true(fat_fixture_mount(&fixture));
}

/*
 * fsck.fat repairs what it finds, and has nothing left to say then. A second name of a directory it
 * deletes only when it comes by again.
 */
static void repair(void)
{
    for (unsigned int i = 0; i < 2; i++)
        if (image_file_run(&fixture.image, "fsck.fat -a IMAGE") > 1)
            fail_msg("%s", image_file_output());
    if (image_file_run(&fixture.image, "fsck.fat -n IMAGE"))
        fail_msg("after a repair: %s", image_file_output());
}

static void destroy_after(uint64_t blocks)
{
    restore();
    fixture.image.memory.blocks_to_write = blocks;
    change_volume();
    remount();
    check_old_content();
    repair();
    remount();
    check_old_content();
}

static uint64_t count_blocks(void)
{
    memory_medium_reset_counts(&fixture.image.memory);
    change_volume();
    fat_fixture_check(&fixture);
    return fixture.image.memory.blocks_written;
}

static void check(const char *command)
{
    uint64_t blocks;

    fat_fixture_fill(data, sizeof(data), 1);
    fat_fixture_make(&fixture, command);
    prepare();
    remount();
    pristine = malloc(fixture.image.memory.medium.bytes);
    memcpy(pristine, fixture.image.memory.content, fixture.image.memory.medium.bytes);
    blocks = count_blocks();
    assert_true(blocks > 100);
    for (uint64_t i = 0; i < blocks; i++)
        destroy_after(i);
    free(pristine);
    fat_fixture_unmount(&fixture);
    image_file_remove(&fixture.image);
}

static void test_fat12(void **state)
{
    (void)state;
    check("truncate -s 1M IMAGE && mkfs.fat -F 12 -s 1 IMAGE");
}

static void test_fat16(void **state)
{
    (void)state;
    check("truncate -s 5M IMAGE && mkfs.fat -F 16 -s 1 IMAGE");
}

static void test_fat32(void **state)
{
    (void)state;
    check("truncate -s 2M IMAGE && mkfs.fat -F 32 -s 1 IMAGE");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fat12),
        cmocka_unit_test(test_fat16),
        cmocka_unit_test(test_fat32),
    };

    return isolated_run(tests);
}
