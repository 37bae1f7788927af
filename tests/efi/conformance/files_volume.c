/* A RAM disk with BlockIo alone: the drivers find the volume on it, and lose it again. */
#include "loader/lib/string.h"
#include "shim/device_path/device_path.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/files.h"
#include "tests/efi/conformance/fixture.h"

#define SECTOR_BYTES 512u
#define SECTORS      2048u
#define FAT_SECTORS  6u
#define ROOT_ENTRIES 112u

static EFI_GUID block_io_guid = EFI_BLOCK_IO_PROTOCOL_GUID;
static EFI_GUID device_path_guid = EFI_DEVICE_PATH_PROTOCOL_GUID;
static EFI_GUID file_system_guid = EFI_SIMPLE_FILE_SYSTEM_PROTOCOL_GUID;

static UINT8 disk[SECTORS * SECTOR_BYTES];
static EFI_HANDLE device;

/* FAT12 with one table and clusters of one sector, as a floppy has them. */
static const UINT8 boot_sector[] = {0xeb,
                                    0x3c,
                                    0x90,
                                    'T',
                                    'E',
                                    'S',
                                    'T',
                                    ' ',
                                    ' ',
                                    ' ',
                                    ' ',
                                    0,
                                    2,
                                    1,
                                    1,
                                    0,
                                    1,
                                    ROOT_ENTRIES,
                                    0,
                                    SECTORS & 0xff,
                                    SECTORS >> 8,
                                    0xf8,
                                    FAT_SECTORS,
                                    0,
                                    32,
                                    0,
                                    2,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0x80,
                                    0,
                                    0x29,
                                    0x78,
                                    0x56,
                                    0x34,
                                    0x12,
                                    'N',
                                    'O',
                                    ' ',
                                    'N',
                                    'A',
                                    'M',
                                    'E',
                                    ' ',
                                    ' ',
                                    ' ',
                                    ' ',
                                    'F',
                                    'A',
                                    'T',
                                    '1',
                                    '2',
                                    ' ',
                                    ' ',
                                    ' '};

static struct {
    VENDOR_DEVICE_PATH vendor;
    EFI_DEVICE_PATH end;
} __attribute__((packed)) path = {
    .vendor = {.Header =
                   DEVICE_PATH_NODE(HARDWARE_DEVICE_PATH, HW_VENDOR_DP, sizeof(VENDOR_DEVICE_PATH)),
               .Guid = {0x0f5b9a11, 0x7f0e, 0x4c52, {1, 2, 3, 4, 5, 6, 7, 8}}},
    .end = DEVICE_PATH_END,
};

static EFI_STATUS check_range_of(EFI_LBA lba, UINTN bytes)
{
    if (bytes % SECTOR_BYTES)
        return EFI_BAD_BUFFER_SIZE;
    return lba > SECTORS || bytes / SECTOR_BYTES > SECTORS - lba ? EFI_INVALID_PARAMETER
                                                                 : EFI_SUCCESS;
}

static EFI_STATUS EFIAPI reset(EFI_BLOCK_IO_PROTOCOL *this, BOOLEAN extended)
{
    (void)this;
    (void)extended;
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI read_blocks(EFI_BLOCK_IO_PROTOCOL *this, UINT32 media_id, EFI_LBA lba,
                                     UINTN bytes, VOID *buffer)
{
    EFI_STATUS status = check_range_of(lba, bytes);

    (void)this;
    (void)media_id;
    if (status == EFI_SUCCESS)
        memcpy(buffer, disk + lba * SECTOR_BYTES, bytes);
    return status;
}

static EFI_STATUS EFIAPI write_blocks(EFI_BLOCK_IO_PROTOCOL *this, UINT32 media_id, EFI_LBA lba,
                                      UINTN bytes, VOID *buffer)
{
    EFI_STATUS status = check_range_of(lba, bytes);

    (void)this;
    (void)media_id;
    if (status == EFI_SUCCESS)
        memcpy(disk + lba * SECTOR_BYTES, buffer, bytes);
    return status;
}

static EFI_STATUS EFIAPI flush_blocks(EFI_BLOCK_IO_PROTOCOL *this)
{
    (void)this;
    return EFI_SUCCESS;
}

static EFI_BLOCK_IO_MEDIA media = {
    .MediaId = 1, .MediaPresent = TRUE, .BlockSize = SECTOR_BYTES, .LastBlock = SECTORS - 1};
static EFI_BLOCK_IO_PROTOCOL block_io = {
    .Revision = EFI_BLOCK_IO_PROTOCOL_REVISION,
    .Media = &media,
    .Reset = reset,
    .ReadBlocks = read_blocks,
    .WriteBlocks = write_blocks,
    .FlushBlocks = flush_blocks,
};

static void format(void)
{
    memset(disk, 0, sizeof(disk));
    memcpy(disk, boot_sector, sizeof(boot_sector));
    disk[510] = 0x55;
    disk[511] = 0xaa;
    memcpy(disk + SECTOR_BYTES, "\xf8\xff\xff", 3);
}

EFI_FILE_HANDLE files_volume_new(void)
{
    EFI_FILE_IO_INTERFACE *volume;
    EFI_FILE_HANDLE root = NULL;

    format();
    device = handle_with(&device_path_guid, &path);
    if (!device || !need_status(boot->InstallProtocolInterface(&device, &block_io_guid,
                                                               EFI_NATIVE_INTERFACE, &block_io),
                                "disk"))
        return NULL;
    boot->ConnectController(device, NULL, NULL, TRUE);
    volume = interface_of(device, &file_system_guid);
    if (need(volume != NULL, "volume"))
        need_status(volume->OpenVolume(volume, &root), "root");
    return root;
}

EFI_STATUS files_volume_remove(EFI_FILE_HANDLE root)
{
    EFI_STATUS status;

    if (root)
        root->Close(root);
    status = boot->UninstallProtocolInterface(device, &block_io_guid, &block_io);
    boot->UninstallProtocolInterface(device, &device_path_guid, &path);
    return status;
}

static CHAR16 *copy(const CHAR16 *text)
{
    static CHAR16 buffer[300];
    UINTN i = 0;

    for (; text[i]; i++)
        buffer[i] = text[i];
    buffer[i] = 0;
    return buffer;
}

EFI_STATUS files_try(EFI_FILE_HANDLE from, const CHAR16 *name, UINT64 mode, UINT64 attributes)
{
    EFI_FILE_HANDLE file = NULL;
    EFI_STATUS status = from->Open(from, &file, copy(name), mode, attributes);

    if (status == EFI_SUCCESS)
        file->Close(file);
    return status;
}

EFI_FILE_HANDLE files_open(EFI_FILE_HANDLE from, const CHAR16 *name, UINT64 mode, UINT64 attributes)
{
    EFI_FILE_HANDLE file = NULL;
    EFI_STATUS status = from->Open(from, &file, copy(name), mode, attributes);

    return need_status(status, "file") ? file : NULL;
}

void files_make(EFI_FILE_HANDLE root, const CHAR16 *name, const char *text)
{
    EFI_FILE_HANDLE file = files_open(root, name, FILES_CREATE, 0);
    static char content[64];
    UINTN bytes = strlen(text);

    if (!file)
        return;
    memcpy(content, text, bytes);
    need_status(file->Write(file, &bytes, content), "content");
    file->Close(file);
}

UINTN files_read(EFI_FILE_HANDLE file, void *buffer, UINTN bytes)
{
    return need_status(file->Read(file, &bytes, buffer), "read") ? bytes : 0;
}

static void found_and_lost(void)
{
    EFI_FILE_HANDLE root = files_volume_new();
    EFI_FILE_IO_INTERFACE *volume;
    UINTN bytes = sizeof(union files_info);
    static union files_info info;
    EFI_GUID guid = EFI_FILE_SYSTEM_INFO_ID;

    topic("files.volume", "13.4.1");
    if (!root)
        return;
    volume = interface_of(device, &file_system_guid);
    check_number("revision", volume->Revision, EFI_SIMPLE_FILE_SYSTEM_PROTOCOL_REVISION,
                 "the protocol's revision");
    check_number("file-revision", root->Revision, EFI_FILE_PROTOCOL_REVISION2,
                 "the root offers OpenEx and its like");
    check_status("info", root->GetInfo(root, &guid, &bytes, &info), EFI_SUCCESS,
                 "the volume is described");
    check_number("block-size", info.volume.BlockSize, SECTOR_BYTES, "files grow by clusters");
    check("read-only", !info.volume.ReadOnly, "it can be written to");
    check_number("free", info.volume.FreeSpace,
                 (SECTORS - 1 - FAT_SECTORS - ROOT_ENTRIES / 16) * SECTOR_BYTES,
                 "all of its clusters are free");
    check_status("removed", files_volume_remove(root), EFI_SUCCESS, "its disk can be taken away");
    check("gone", interface_of(device, &file_system_guid) == NULL, "the volume is gone with it");
}

void files_volume_tests(void)
{
    found_and_lost();
}
