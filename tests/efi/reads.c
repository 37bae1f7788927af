/*
 * How fast are disks? Reads the first disk's file \64m.bin in one call, then the next three disks
 * in calls of 4 KiB, 64 KiB and 1 MiB from the start on; each disk is read in one way only, so that
 * its backend counts the requests of that way. Prints "reads: WHAT: MiB NUMBER ns NUMBER" and
 * "reads: end", by Xen's clock, waits for who looks at the backends, and powers off.
 */
#include <efi.h>
#include <efilib.h>

#include "tests/efi/xen_clock.h"

#define MIB        (1ull << 20)
#define FILE_NAME  L"\\64m.bin"
#define FILE_BYTES (64 * MIB)
#define DISKS      4u
#define LOOK_US    20000000u
#define PAGE_BYTES 4096u

static EFI_BOOT_SERVICES *boot;
static UINT8 *buffer;

static const struct {
    const CHAR16 *name;
    UINTN bytes; /* of a call */
    UINT64 total;
} ways[DISKS - 1] = {
    {L"4 KiB", 4096, 16 * MIB},
    {L"64 KiB", 65536, FILE_BYTES},
    {L"1 MiB", MIB, FILE_BYTES},
};

static void report(const CHAR16 *name, UINT64 bytes, UINT64 start_ns, EFI_STATUS status)
{
    UINT64 ns = xen_clock_ns() - start_ns;

    if (status == EFI_SUCCESS)
        Print(L"reads: %s: MiB %ld ns %ld\n", name, bytes / MIB, ns);
    else
        Print(L"reads: %s: FAILED, %r\n", name, status);
}

static EFI_STATUS open_file(EFI_FILE_HANDLE *ret_file)
{
    EFI_GUID guid = EFI_SIMPLE_FILE_SYSTEM_PROTOCOL_GUID;
    EFI_SIMPLE_FILE_SYSTEM_PROTOCOL *volume;
    EFI_FILE_HANDLE root;
    EFI_STATUS status = boot->LocateProtocol(&guid, NULL, (void **)&volume);

    if (status == EFI_SUCCESS)
        status = volume->OpenVolume(volume, &root);
    if (status == EFI_SUCCESS)
        status = root->Open(root, ret_file, FILE_NAME, EFI_FILE_MODE_READ, 0);
    return status;
}

static void read_file(void)
{
    UINTN bytes = FILE_BYTES;
    EFI_FILE_HANDLE file;
    EFI_STATUS status = open_file(&file);
    UINT64 start = xen_clock_ns();

    if (status == EFI_SUCCESS)
        status = file->Read(file, &bytes, buffer);
    if (status == EFI_SUCCESS && bytes != FILE_BYTES)
        status = EFI_END_OF_FILE;
    report(L"file", FILE_BYTES, start, status);
}

static void read_disk(EFI_BLOCK_IO_PROTOCOL *block, UINTN way)
{
    UINTN blocks = ways[way].bytes / block->Media->BlockSize;
    UINT64 start = xen_clock_ns();
    EFI_STATUS status = EFI_SUCCESS;

    for (UINT64 done = 0; done < ways[way].total && status == EFI_SUCCESS; done += ways[way].bytes)
        status = block->ReadBlocks(block, block->Media->MediaId, done / ways[way].bytes * blocks,
                                   ways[way].bytes, buffer);
    report(ways[way].name, ways[way].total, start, status);
}

/* The second, third and fourth of the whole disks. */
static void read_disks(void)
{
    EFI_GUID guid = EFI_BLOCK_IO_PROTOCOL_GUID;
    EFI_HANDLE *handles;
    UINTN count;
    UINTN found = 0;

    if (boot->LocateHandleBuffer(ByProtocol, &guid, NULL, &count, &handles) != EFI_SUCCESS)
        return;
    for (UINTN i = 0; i < count && found < DISKS; i++) {
        EFI_BLOCK_IO_PROTOCOL *block;

        if (boot->HandleProtocol(handles[i], &guid, (void **)&block) != EFI_SUCCESS ||
            block->Media->LogicalPartition)
            continue;
        if (found++)
            read_disk(block, found - 2);
    }
}

/* A firmware may have connected what it needed itself to boot from; then nothing is left to do. */
static void connect_first_disk(void)
{
    EFI_GUID guid = EFI_BLOCK_IO_PROTOCOL_GUID;
    EFI_HANDLE *handles;
    UINTN count;

    if (boot->LocateHandleBuffer(ByProtocol, &guid, NULL, &count, &handles) == EFI_SUCCESS)
        boot->ConnectController(handles[0], NULL, NULL, TRUE);
}

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    EFI_PHYSICAL_ADDRESS address;

    InitializeLib(image, table);
    boot = table->BootServices;
    if (boot->AllocatePages(AllocateAnyPages, EfiLoaderData, FILE_BYTES / PAGE_BYTES, &address) !=
        EFI_SUCCESS)
        return EFI_OUT_OF_RESOURCES;
    buffer = (UINT8 *)(UINTN)address;
    connect_first_disk();
    read_file();
    read_disks();
    Print(L"reads: end\n");
    boot->Stall(LOOK_US);
    table->RuntimeServices->ResetSystem(EfiResetShutdown, EFI_SUCCESS, 0, NULL);
    return EFI_DEVICE_ERROR;
}
