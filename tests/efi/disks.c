/*
 * Reads, and writes where it may, every whole disk by BlockIo, BlockIo2, DiskIo and DiskIo2, then
 * hands the machine over (ExitBootServices) and powers off. Each sector of 512 bytes must hold its
 * number, 64 times; sectors 64 to 191 are written. Prints "disk N: WHAT: ok" or what went wrong.
 * "pull": the second disk is only waited for until it is taken away.
 */
#include <efi.h>
#include <efilib.h>

#include "tests/efi/options.h"

#define SECTOR       512u
#define BUFFER       (4u << 20)
#define IN_FLIGHT    16u
#define WRITE_FIRST  64u
#define WRITE_COUNT  128u
#define PULL_SECONDS 60u
#define MARK         0x8000000000000000ull

struct disk {
    UINTN number;
    EFI_BLOCK_IO_PROTOCOL *block;
    EFI_BLOCK_IO2_PROTOCOL *block2;
    EFI_DISK_IO_PROTOCOL *disk;
    EFI_DISK_IO2_PROTOCOL *disk2;
};

static EFI_BOOT_SERVICES *boot;
static UINT8 *buffer;
static UINTN failures;

static void report(const struct disk *disk, const CHAR16 *what, EFI_STATUS status, BOOLEAN good)
{
    if (status == EFI_SUCCESS && good) {
        Print(L"disk %d: %s: ok\n", disk->number, what);
        return;
    }
    failures++;
    Print(L"disk %d: %s: FAILED, %r%s\n", disk->number, what, status, good ? L"" : L", wrong data");
}

/* Do the bytes hold what belongs at `offset` of the disk? */
static BOOLEAN holds(const UINT8 *bytes, UINT64 offset, UINTN count, UINT64 mark)
{
    for (UINTN i = 0; i < count; i++) {
        UINT64 sector = (offset + i) / SECTOR;
        UINT64 expected =
            sector >= WRITE_FIRST && sector < WRITE_FIRST + WRITE_COUNT ? sector | mark : sector;

        if (bytes[i] != (UINT8)(expected >> (offset + i) % sizeof(expected) * 8))
            return FALSE;
    }
    return TRUE;
}

static void fill(UINT8 *bytes, UINT64 offset, UINTN count, UINT64 mark)
{
    for (UINTN i = 0; i < count; i++)
        bytes[i] = (UINT8)(((offset + i) / SECTOR | mark) >> (offset + i) % sizeof(UINT64) * 8);
}

static UINTN disk_bytes(const struct disk *disk)
{
    return (disk->block->Media->LastBlock + 1) * disk->block->Media->BlockSize;
}

static EFI_STATUS read_blocks(const struct disk *disk, UINT64 offset, UINTN bytes, void *to)
{
    EFI_BLOCK_IO_MEDIA *media = disk->block->Media;

    return disk->block->ReadBlocks(disk->block, media->MediaId, offset / media->BlockSize, bytes,
                                   to);
}

/* Whole, in large pieces, and some of it at addresses that no backend can reach directly. */
static void test_block_io(const struct disk *disk)
{
    UINTN size = disk_bytes(disk) < BUFFER ? disk_bytes(disk) : BUFFER;
    EFI_STATUS status = read_blocks(disk, 0, size, buffer);
    UINT64 end = disk_bytes(disk) - disk->block->Media->BlockSize;

    report(disk, L"first blocks", status, holds(buffer, 0, size, 0));
    status = read_blocks(disk, 4096, 256 * SECTOR, buffer + 3);
    report(disk, L"odd address", status, holds(buffer + 3, 4096, 256 * SECTOR, 0));
    status = read_blocks(disk, end, disk->block->Media->BlockSize, buffer);
    report(disk, L"last block", status, holds(buffer, end, disk->block->Media->BlockSize, 0));
    status = read_blocks(disk, end, 2 * disk->block->Media->BlockSize, buffer);
    report(disk, L"beyond the end", status == EFI_INVALID_PARAMETER ? EFI_SUCCESS : status, TRUE);
}

/* All in flight at the same time, waited for one after another. */
static void test_block_io2(const struct disk *disk)
{
    EFI_BLOCK_IO2_TOKEN token[IN_FLIGHT];
    UINTN piece = BUFFER / IN_FLIGHT / 4;
    EFI_STATUS status = EFI_SUCCESS;
    UINTN index;

    for (UINTN i = 0; i < IN_FLIGHT && status == EFI_SUCCESS; i++) {
        boot->CreateEvent(0, 0, NULL, NULL, &token[i].Event);
        status = disk->block2->ReadBlocksEx(disk->block2, disk->block->Media->MediaId,
                                            i * piece / disk->block->Media->BlockSize, &token[i],
                                            piece, buffer + i * piece);
    }
    report(disk, L"asynchronous start", status, TRUE);
    for (UINTN i = 0; i < IN_FLIGHT && status == EFI_SUCCESS; i++) {
        status = boot->WaitForEvent(1, &token[i].Event, &index);
        if (status == EFI_SUCCESS)
            status = token[i].TransactionStatus;
        boot->CloseEvent(token[i].Event);
    }
    report(disk, L"asynchronous end", status, holds(buffer, 0, IN_FLIGHT * piece, 0));
}

/* Nobody calls a service: only the timer can let the request end. */
static void test_spinning(const struct disk *disk)
{
    volatile EFI_BLOCK_IO2_TOKEN token = {.TransactionStatus = EFI_NOT_READY};
    EFI_STATUS status;

    boot->CreateEvent(0, 0, NULL, NULL, (EFI_EVENT *)&token.Event);
    status = disk->block2->ReadBlocksEx(disk->block2, disk->block->Media->MediaId, 0,
                                        (EFI_BLOCK_IO2_TOKEN *)&token, 4096, buffer);
    for (UINT64 i = 0; i < 1ull << 32 && token.TransactionStatus == EFI_NOT_READY; i++)
        __asm__ volatile("pause");
    report(disk, L"spinning", status == EFI_SUCCESS ? token.TransactionStatus : status,
           holds(buffer, 0, 4096, 0));
    boot->CloseEvent(token.Event);
}

static void test_disk_io(const struct disk *disk)
{
    UINT32 id = disk->block->Media->MediaId;
    EFI_STATUS status = disk->disk->ReadDisk(disk->disk, id, 12345, 54321, buffer);

    report(disk, L"unaligned", status, holds(buffer, 12345, 54321, 0));
    status = disk->disk2->ReadDiskEx(disk->disk2, id, 4097, NULL, 8000, buffer);
    report(disk, L"unaligned 2", status, holds(buffer, 4097, 8000, 0));
}

static void test_writes(const struct disk *disk)
{
    EFI_BLOCK_IO_MEDIA *media = disk->block->Media;
    UINT64 offset = WRITE_FIRST * SECTOR;
    UINTN bytes = WRITE_COUNT * SECTOR;
    EFI_STATUS status;

    fill(buffer, offset, bytes, MARK);
    status = disk->block->WriteBlocks(disk->block, media->MediaId, offset / media->BlockSize,
                                      bytes / 2, buffer);
    if (media->ReadOnly) {
        report(disk, L"write protection", status == EFI_WRITE_PROTECTED ? EFI_SUCCESS : status,
               TRUE);
        return;
    }
    report(disk, L"write", status, TRUE);
    status = disk->disk->WriteDisk(disk->disk, media->MediaId, offset + bytes / 2 - 77,
                                   bytes / 2 + 77, buffer + bytes / 2 - 77);
    report(disk, L"unaligned write", status, TRUE);
    report(disk, L"flush", disk->block->FlushBlocks(disk->block), TRUE);
    boot->SetMem(buffer, BUFFER, 0);
    status = read_blocks(disk, 0, 512 * SECTOR, buffer);
    report(disk, L"read what was written", status, holds(buffer, 0, 512 * SECTOR, MARK));
}

static BOOLEAN open(EFI_HANDLE handle, EFI_GUID *guid, void *ret_interface)
{
    return boot->HandleProtocol(handle, guid, ret_interface) == EFI_SUCCESS;
}

static void test_disk(EFI_HANDLE handle, struct disk *disk)
{
    EFI_GUID guids[] = {EFI_BLOCK_IO2_PROTOCOL_GUID, EFI_DISK_IO_PROTOCOL_GUID,
                        EFI_DISK_IO2_PROTOCOL_GUID};
    EFI_BLOCK_IO_MEDIA *media = disk->block->Media;

    Print(L"disk %d: %ld blocks of %d bytes (physical %d)%s%s%s\n", disk->number,
          media->LastBlock + 1, media->BlockSize,
          media->BlockSize * media->LogicalBlocksPerPhysicalBlock,
          media->ReadOnly ? L", read-only" : L"", media->RemovableMedia ? L", removable" : L"",
          media->WriteCaching ? L", cached" : L"");
    if (!open(handle, &guids[0], &disk->block2) || !open(handle, &guids[1], &disk->disk) ||
        !open(handle, &guids[2], &disk->disk2)) {
        report(disk, L"protocols", EFI_NOT_FOUND, TRUE);
        return;
    }
    test_block_io(disk);
    test_block_io2(disk);
    test_spinning(disk);
    test_disk_io(disk);
    test_writes(disk);
}

/* The host takes away the second disk: its medium goes, reads say so, nobody hangs. */
static void test_pull(EFI_HANDLE handle, struct disk *disk)
{
    EFI_STATUS status = EFI_SUCCESS;

    (void)handle;
    Print(L"waiting for a disk to go\n");
    for (UINTN i = 0; i < PULL_SECONDS * 10 && disk->block->Media->MediaPresent; i++)
        boot->Stall(100000);
    status = read_blocks(disk, 0, 4096, buffer);
    report(disk, L"gone", status == EFI_NO_MEDIA ? EFI_SUCCESS : status,
           !disk->block->Media->MediaPresent);
}

static void test_all(BOOLEAN pull)
{
    EFI_GUID block_guid = EFI_BLOCK_IO_PROTOCOL_GUID;
    struct disk disk = {0};
    EFI_HANDLE *handles;
    UINTN count = 0;

    boot->LocateHandleBuffer(ByProtocol, &block_guid, NULL, &count, &handles);
    for (UINTN i = 0; i < count; i++) {
        if (!open(handles[i], &block_guid, &disk.block) || disk.block->Media->LogicalPartition)
            continue;
        if (pull && disk.number == 1)
            test_pull(handles[i], &disk);
        else
            test_disk(handles[i], &disk);
        disk.number++;
    }
    Print(L"disks: %d tested, %d failures\n", disk.number, failures);
}

static void hand_over(EFI_HANDLE image)
{
    static UINT8 map[16384];
    UINTN map_bytes = sizeof(map);
    UINTN key;
    UINTN descriptor_bytes;
    UINT32 version;

    boot->GetMemoryMap(&map_bytes, (EFI_MEMORY_DESCRIPTOR *)map, &key, &descriptor_bytes, &version);
    boot->ExitBootServices(image, key);
}

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    EFI_PHYSICAL_ADDRESS address;

    InitializeLib(image, table);
    boot = table->BootServices;
    boot->AllocatePages(AllocateAnyPages, EfiLoaderData, BUFFER / 4096 + 1, &address);
    buffer = (UINT8 *)address;
    test_all(option_is(image, table, L"pull"));
    hand_over(image);
    table->RuntimeServices->ResetSystem(EfiResetShutdown, EFI_SUCCESS, 0, NULL);
    return EFI_DEVICE_ERROR;
}
