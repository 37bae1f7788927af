/*
 * Executes, reads and writes memory that may be protected; the command line says how. With
 * NX_COMPAT in its header, which the test puts there, what it gets as data cannot be executed.
 */
#include <efi.h>

#include "shim/memory/memory_attribute.h"
#include "tests/efi/options.h"

#define PAGE_BYTES 4096u
#define RET        0xc3
#define RO         0x20000ull
#define MAP_BYTES  65536u

static EFI_SYSTEM_TABLE *systab;
static struct memory_attribute_protocol *protocol;
static UINT8 map[MAP_BYTES];

static UINT8 *allocate(EFI_MEMORY_TYPE type)
{
    EFI_PHYSICAL_ADDRESS address = 0;

    if (systab->BootServices->AllocatePages(AllocateAnyPages, type, 1, &address) != EFI_SUCCESS)
        return NULL;
    *(UINT8 *)address = RET;
    return (UINT8 *)address;
}

static EFI_STATUS execute(UINT8 *code)
{
    if (!code)
        return EFI_OUT_OF_RESOURCES;
    ((void (*)(void))code)();
    return EFI_SUCCESS;
}

static EFI_STATUS execute_pool(void)
{
    UINT8 *code = NULL;

    systab->BootServices->AllocatePool(EfiLoaderData, 64, (void **)&code);
    if (code)
        *code = RET;
    return execute(code);
}

/* As a program does that has written code. */
static EFI_STATUS execute_allowed(void)
{
    UINT8 *code = allocate(EfiLoaderData);
    EFI_STATUS status =
        protocol->ClearMemoryAttributes(protocol, (UINTN)code, PAGE_BYTES, EFI_MEMORY_XP);

    return status == EFI_SUCCESS ? execute(code) : status;
}

static EFI_STATUS write_read_only(void)
{
    UINT8 *page = allocate(EfiLoaderData);
    EFI_STATUS status = protocol->SetMemoryAttributes(protocol, (UINTN)page, PAGE_BYTES, RO);

    if (status == EFI_SUCCESS)
        *(volatile UINT8 *)page = 0;
    return status;
}

static EFI_STATUS read_forbidden(void)
{
    UINT8 *page = allocate(EfiLoaderData);
    EFI_STATUS status =
        protocol->SetMemoryAttributes(protocol, (UINTN)page, PAGE_BYTES, EFI_MEMORY_RP);

    if (status == EFI_SUCCESS)
        (void)*(volatile UINT8 *)page;
    return status;
}

/* Whoever gets the page next may do everything with it. */
static EFI_STATUS write_freed(void)
{
    UINT8 *page = allocate(EfiLoaderCode);
    EFI_PHYSICAL_ADDRESS address = (UINTN)page;
    EFI_STATUS status = protocol->SetMemoryAttributes(protocol, address, PAGE_BYTES,
                                                      RO | EFI_MEMORY_XP | EFI_MEMORY_RP);

    if (status == EFI_SUCCESS)
        status = systab->BootServices->FreePages(address, 1);
    if (status == EFI_SUCCESS)
        status = systab->BootServices->AllocatePages(AllocateAddress, EfiLoaderCode, 1, &address);
    if (status != EFI_SUCCESS)
        return status;
    *page = RET;
    return execute(page);
}

/* Kernels that unpack themselves do that when the memory is theirs. */
static EFI_STATUS execute_after_exit(EFI_HANDLE image)
{
    EFI_BOOT_SERVICES *boot = systab->BootServices;
    EFI_RUNTIME_SERVICES *runtime = systab->RuntimeServices;
    UINT8 *code = allocate(EfiLoaderData);
    UINTN bytes;
    UINTN key;
    UINTN descriptor_bytes;
    UINT32 version;
    EFI_STATUS status;

    do {
        bytes = sizeof(map);
        status = boot->GetMemoryMap(&bytes, (EFI_MEMORY_DESCRIPTOR *)map, &key, &descriptor_bytes,
                                    &version);
    } while (status == EFI_SUCCESS && boot->ExitBootServices(image, key) != EFI_SUCCESS);
    execute(code);
    runtime->ResetSystem(EfiResetShutdown, EFI_SUCCESS, 0, NULL);
    return EFI_DEVICE_ERROR;
}

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    EFI_GUID guid = EFI_MEMORY_ATTRIBUTE_PROTOCOL_GUID;
    EFI_STATUS status = table->BootServices->LocateProtocol(&guid, NULL, (void **)&protocol);

    systab = table;
    if (status != EFI_SUCCESS)
        return status;
    if (option_is(image, table, L"data"))
        return execute(allocate(EfiLoaderData));
    if (option_is(image, table, L"code"))
        return execute(allocate(EfiLoaderCode));
    if (option_is(image, table, L"pool"))
        return execute_pool();
    if (option_is(image, table, L"allowed"))
        return execute_allowed();
    if (option_is(image, table, L"read-only"))
        return write_read_only();
    if (option_is(image, table, L"forbidden"))
        return read_forbidden();
    if (option_is(image, table, L"freed"))
        return write_freed();
    if (option_is(image, table, L"exit"))
        return execute_after_exit(image);
    return EFI_INVALID_PARAMETER;
}
