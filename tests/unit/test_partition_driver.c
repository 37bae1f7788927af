/* Disks that become partitions and volumes when drivers are connected, and disks again. */
#include "shim/partition/partition_driver.h"

#include <stddef.h>
#include <string.h>

#include "shim/block/disk.h"
#include "shim/device_path/device_path.h"
#include "shim/driver/driver.h"
#include "shim/fat/fat_driver.h"
#include "shim/iso9660/iso_driver.h"
#include "shim/partition/partition_info.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/locate.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/image_file.h"
#include "tests/unit/isolated.h"

#define HARD_DRIVE_BYTES 42u
#define CDROM_BYTES      24u

#define MAKE_DISK                                                                             \
    "truncate -s 80M IMAGE && sgdisk -n 1:2048:+48M -t 1:ef00 -c 1:ESP -n 2:0:0 -t 2:8300 "   \
    "-u 1:01234567-89AB-CDEF-0123-456789ABCDEF IMAGE && truncate -s 48M IMAGE.fat && "        \
    "mkfs.fat -F 32 -s 1 IMAGE.fat && dd if=IMAGE.fat of=IMAGE bs=1M seek=1 conv=notrunc && " \
    "rm IMAGE.fat"

static EFI_GUID device_path_guid = EFI_DEVICE_PATH_PROTOCOL_GUID;
static EFI_GUID block_io_guid = EFI_BLOCK_IO_PROTOCOL_GUID;
static EFI_GUID disk_io_guid = EFI_DISK_IO_PROTOCOL_GUID;
static EFI_GUID info_guid = EFI_PARTITION_INFO_PROTOCOL_GUID;
static EFI_GUID file_system_guid = EFI_SIMPLE_FILE_SYSTEM_PROTOCOL_GUID;
static EFI_GUID efi_system_guid = GPT_EFI_SYSTEM_GUID;

/* A disk of some vendor. */
static struct {
    VENDOR_DEVICE_PATH vendor;
    EFI_DEVICE_PATH end;
} disk_path = {
    .vendor = {.Header = DEVICE_PATH_NODE(HARDWARE_DEVICE_PATH, HW_VENDOR_DP,
                                          sizeof(VENDOR_DEVICE_PATH))},
    .end = DEVICE_PATH_END,
};

static struct image_file image;
static struct block_device device;
static EFI_HANDLE disk;
static uint64_t pages_before;

static bool tell_time(EFI_TIME *ret_time)
{
    *ret_time = (EFI_TIME){.Year = 2026, .Month = 11, .Day = 22};
    return true;
}

static void submit(struct block_device *of, struct block_request *request)
{
    struct medium *medium = &image.memory.medium;
    uint64_t offset = request->lba * of->media.BlockSize;
    EFI_STATUS status = EFI_SUCCESS;

    if (request->operation == BLOCK_READ)
        status = medium_read(medium, offset, request->bytes, request->buffer);
    else if (request->operation == BLOCK_WRITE)
        status = medium_write(medium, offset, request->bytes, request->buffer);
    block_complete(request, status);
}

static const struct block_driver driver = {.submit = submit};

static void install_disk(uint32_t block_bytes, const char *command)
{
    EFI_HANDLE firmware = NULL;

    fake_memory_init();
    image_file_make(&image, block_bytes, command);
    device = (struct block_device){
        .driver = &driver,
        .media = {.MediaId = 3,
                  .MediaPresent = TRUE,
                  .BlockSize = block_bytes,
                  .LogicalBlocksPerPhysicalBlock = 8,
                  .LowestAlignedLba = 3,
                  .LastBlock = image.memory.medium.bytes / block_bytes - 1},
    };
    assert_int_equal(handle_install(&firmware, &device_path_guid, &disk_path.end), EFI_SUCCESS);
    assert_int_equal(partition_driver_install(firmware), EFI_SUCCESS);
    assert_int_equal(fat_driver_install(firmware, tell_time), EFI_SUCCESS);
    assert_int_equal(iso_driver_install(firmware), EFI_SUCCESS);
    assert_int_equal(handle_install(&disk, &device_path_guid, &disk_path), EFI_SUCCESS);
    assert_int_equal(disk_install(&disk, &device), EFI_SUCCESS);
    pages_before = fake_memory_used_pages();
}

static void connect(void)
{
    assert_int_equal(driver_connect(disk, NULL, NULL, true), EFI_SUCCESS);
}

static UINTN count_of(EFI_GUID *guid)
{
    EFI_HANDLE handles[16];
    UINTN bytes = sizeof(handles);

    if (locate_handle(ByProtocol, guid, NULL, &bytes, handles) != EFI_SUCCESS)
        return 0;
    return bytes / sizeof(handles[0]);
}

/* The `index`-th handle with a protocol. */
static EFI_HANDLE nth(EFI_GUID *guid, UINTN index)
{
    EFI_HANDLE handles[16];
    UINTN bytes = sizeof(handles);

    assert_int_equal(locate_handle(ByProtocol, guid, NULL, &bytes, handles), EFI_SUCCESS);
    assert_true(index < bytes / sizeof(handles[0]));
    return handles[index];
}

/* What the partition's device path has behind that of its disk. */
static const uint8_t *node_of(EFI_HANDLE partition)
{
    EFI_DEVICE_PATH *path = handle_get_interface(partition, &device_path_guid);
    EFI_DEVICE_PATH *node = device_path_behind(path, &(const EFI_DEVICE_PATH)DEVICE_PATH_END);

    assert_non_null(node);
    return (const uint8_t *)node + sizeof(VENDOR_DEVICE_PATH);
}

static void test_gpt(void **state)
{
    static const uint8_t expected[HARD_DRIVE_BYTES] = {
        4,    1,    42,   0,    1,    0,    0,    0, /* number */
        0,    8,    0,    0,    0,    0,    0,    0,    0,    0x80,
        1,    0,    0,    0,    0,    0,                            /* start, size */
        0x67, 0x45, 0x23, 0x01, 0xab, 0x89, 0xef, 0xcd, 0x01, 0x23, /* unique GUID */
        0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 2,    2};
    EFI_PARTITION_INFO_PROTOCOL *info;
    EFI_BLOCK_IO_PROTOCOL *block_io;

    (void)state;
    install_disk(512, MAKE_DISK);
    connect();
    assert_int_equal(count_of(&info_guid), 2);
    assert_memory_equal(node_of(nth(&info_guid, 0)), expected, sizeof(expected));
    info = handle_get_interface(nth(&info_guid, 0), &info_guid);
    assert_int_equal(info->type, PARTITION_TYPE_GPT);
    assert_int_equal(info->system, 1);
    assert_memory_equal(info->info.gpt.name, u"ESP", sizeof(u"ESP"));
    assert_int_equal(count_of(&efi_system_guid), 1);
    block_io = handle_get_interface(nth(&info_guid, 0), &block_io_guid);
    assert_true(block_io->Media->LogicalPartition);
    assert_int_equal(block_io->Media->LastBlock, 98303);
    assert_int_equal(block_io->Media->LowestAlignedLba, 3);
    image_file_remove(&image);
}

static void test_mbr(void **state)
{
    EFI_PARTITION_INFO_PROTOCOL *info;
    const uint8_t *node;

    (void)state;
    install_disk(512, MAKE_DISK " && sgdisk -m 1:2 IMAGE && printf '\\170\\126\\064\\022' | "
                                "dd of=IMAGE bs=1 seek=440 conv=notrunc");
    connect();
    assert_int_equal(count_of(&info_guid), 2);
    node = node_of(nth(&info_guid, 0));
    assert_memory_equal(node + 24, "\x78\x56\x34\x12\0\0\0\0\0\0\0\0\0\0\0\0\1\1", 18);
    info = handle_get_interface(nth(&info_guid, 0), &info_guid);
    assert_int_equal(info->type, PARTITION_TYPE_MBR);
    assert_int_equal(info->info.mbr.OSIndicator, 0xef);
    assert_int_equal(count_of(&file_system_guid), 1);
    image_file_remove(&image);
}

/*
 * A CD-ROM's system partition has sectors smaller than those of the disc, which has files of its
 * own.
 */
static void test_el_torito(void **state)
{
    const uint8_t *node;

    (void)state;
    install_disk(2048,
                 "cd $(dirname IMAGE) && mkdir tree && truncate -s 3M tree/efi.img && "
                 "mkfs.fat tree/efi.img && xorriso -as mkisofs -o IMAGE -e efi.img -no-emul-boot "
                 "tree && rm -r tree");
    connect();
    assert_int_equal(count_of(&info_guid), 1);
    node = node_of(nth(&info_guid, 0));
    assert_memory_equal(node, "\4\2\30\0\0\0\0\0", 8);
    assert_memory_equal(node + 16, "\0\6\0\0\0\0\0\0", 8);
    assert_int_equal(count_of(&file_system_guid), 2);
    assert_non_null(handle_get_interface(disk, &file_system_guid));
    assert_non_null(handle_get_interface(nth(&info_guid, 0), &file_system_guid));
    assert_int_equal(driver_disconnect(disk, NULL, NULL), EFI_SUCCESS);
    assert_int_equal(count_of(&file_system_guid), 0);
    assert_int_equal(fake_memory_used_pages(), pages_before);
    image_file_remove(&image);
}

static void test_no_partitions(void **state)
{
    (void)state;
    install_disk(512, "truncate -s 4M IMAGE && mkfs.fat IMAGE");
    connect();
    assert_int_equal(count_of(&info_guid), 0);
    assert_int_equal(count_of(&file_system_guid), 1);
    assert_ptr_equal(nth(&file_system_guid, 0), disk);
    image_file_remove(&image);
}

static void test_empty_disk(void **state)
{
    (void)state;
    install_disk(512, "truncate -s 4M IMAGE");
    assert_int_equal(driver_connect(disk, NULL, NULL, true), EFI_NOT_FOUND);
    assert_int_equal(fake_memory_used_pages(), pages_before);
    image_file_remove(&image);
}

static EFI_FILE_HANDLE open_file(EFI_HANDLE volume, const CHAR16 *name, UINT64 mode)
{
    EFI_FILE_IO_INTERFACE *protocol = handle_get_interface(volume, &file_system_guid);
    EFI_FILE_HANDLE file;
    EFI_FILE_HANDLE root;
    CHAR16 copy[32];

    for (size_t i = 0; i == 0 || name[i - 1]; i++)
        copy[i] = name[i];
    assert_int_equal(protocol->OpenVolume(protocol, &root), EFI_SUCCESS);
    assert_int_equal(root->Open(root, &file, copy, mode, 0), EFI_SUCCESS);
    assert_int_equal(root->Close(root), EFI_SUCCESS);
    return file;
}

static void test_volume(void **state)
{
    EFI_FILE_HANDLE file;
    UINTN bytes = 5;
    char text[] = "hello";

    (void)state;
    install_disk(512, MAKE_DISK);
    connect();
    assert_int_equal(count_of(&file_system_guid), 1);
    file = open_file(nth(&file_system_guid, 0), u"f",
                     EFI_FILE_MODE_READ | EFI_FILE_MODE_WRITE | EFI_FILE_MODE_CREATE);
    assert_int_equal(file->Write(file, &bytes, text), EFI_SUCCESS);
    assert_int_equal(file->Close(file), EFI_SUCCESS);
    assert_int_equal(image_file_run(&image, "mtype -i IMAGE@@1M ::f"), 0);
    assert_string_equal(image_file_output(), "hello");
    image_file_remove(&image);
}

static void test_connect_twice(void **state)
{
    (void)state;
    install_disk(512, MAKE_DISK);
    connect();
    driver_connect(disk, NULL, NULL, true);
    assert_int_equal(count_of(&info_guid), 2);
    assert_int_equal(count_of(&file_system_guid), 1);
    image_file_remove(&image);
}

static void test_disconnect(void **state)
{
    (void)state;
    install_disk(512, MAKE_DISK);
    for (unsigned int i = 0; i < 3; i++) {
        connect();
        assert_int_equal(driver_disconnect(disk, NULL, NULL), EFI_SUCCESS);
        assert_int_equal(count_of(&info_guid), 0);
        assert_int_equal(count_of(&file_system_guid), 0);
        assert_int_equal(count_of(&disk_io_guid), 1);
        assert_int_equal(fake_memory_used_pages(), pages_before);
    }
    image_file_remove(&image);
}

/* The backend is gone: files that are open stay, but there is nothing in them any more. */
static void test_disk_that_goes_away(void **state)
{
    EFI_FILE_HANDLE file;
    UINTN bytes = 5;
    char text[] = "hello";

    (void)state;
    install_disk(512, MAKE_DISK);
    connect();
    file = open_file(nth(&file_system_guid, 0), u"f",
                     EFI_FILE_MODE_READ | EFI_FILE_MODE_WRITE | EFI_FILE_MODE_CREATE);
    assert_int_equal(driver_disconnect(disk, NULL, NULL), EFI_SUCCESS);
    assert_int_equal(disk_uninstall(disk), EFI_SUCCESS);
    assert_int_equal(count_of(&info_guid), 0);
    assert_int_equal(count_of(&file_system_guid), 0);
    assert_int_equal(file->Write(file, &bytes, text), EFI_NO_MEDIA);
    assert_int_equal(file->Close(file), EFI_SUCCESS);
    image_file_remove(&image);
}

static void test_no_memory(void **state)
{
    (void)state;
    install_disk(512, MAKE_DISK);
    fake_memory_exhaust();
    assert_int_equal(driver_connect(disk, NULL, NULL, true), EFI_OUT_OF_RESOURCES);
    image_file_remove(&image);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gpt),
        cmocka_unit_test(test_mbr),
        cmocka_unit_test(test_el_torito),
        cmocka_unit_test(test_no_partitions),
        cmocka_unit_test(test_empty_disk),
        cmocka_unit_test(test_volume),
        cmocka_unit_test(test_connect_twice),
        cmocka_unit_test(test_disconnect),
        cmocka_unit_test(test_disk_that_goes_away),
        cmocka_unit_test(test_no_memory),
    };

    return isolated_run(tests);
}
