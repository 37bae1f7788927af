/*
 * Prints what a firmware offers, a fact a line, for the comparison with another one: memory by
 * type, configuration tables, protocols, variables, the device paths of disks, the time. Then it
 * powers off.
 */
#include <efi.h>
#include <efilib.h>

#define MAP_BYTES   (64 * 1024)
#define NAME_CHARS  256
#define TYPES       16
#define RUNTIME_BIT 0x8000000000000000ull

static UINT8 map[MAP_BYTES] __attribute__((aligned(8)));

/* As digits: libraries know different names. */
static void show_guid(const CHAR16 *kind, const EFI_GUID *guid)
{
    const UINT8 *tail = guid->Data4;

    Print(L"survey: %s %08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x", kind, guid->Data1,
          guid->Data2, guid->Data3, tail[0], tail[1], tail[2], tail[3], tail[4], tail[5], tail[6],
          tail[7]);
}

static void show_memory(void)
{
    UINT64 pages[TYPES] = {0};
    UINT64 runtime_pages = 0;
    UINTN bytes = sizeof(map);
    UINTN key;
    UINTN step;
    UINT32 version;

    if (BS->GetMemoryMap(&bytes, (EFI_MEMORY_DESCRIPTOR *)map, &key, &step, &version))
        return;
    for (UINTN at = 0; at + step <= bytes; at += step) {
        EFI_MEMORY_DESCRIPTOR *entry = (EFI_MEMORY_DESCRIPTOR *)(map + at);

        if (entry->Type < TYPES)
            pages[entry->Type] += entry->NumberOfPages;
        if (entry->Attribute & RUNTIME_BIT)
            runtime_pages += entry->NumberOfPages;
    }
    Print(L"survey: descriptors %d\n", bytes / step);
    Print(L"survey: runtime-pages %ld\n", runtime_pages);
    for (UINTN type = 0; type < TYPES; type++)
        Print(L"survey: memory %d %ld\n", type, pages[type]);
}

static void show_tables(EFI_SYSTEM_TABLE *table)
{
    for (UINTN i = 0; i < table->NumberOfTableEntries; i++) {
        show_guid(L"table", &table->ConfigurationTable[i].VendorGuid);
        Print(L"\n");
    }
}

/* Each protocol once, with the first handle that has it. */
static void show_handle(EFI_HANDLE handle)
{
    EFI_GUID **guids;
    UINTN count;

    if (BS->ProtocolsPerHandle(handle, &guids, &count))
        return;
    for (UINTN i = 0; i < count; i++) {
        EFI_HANDLE *found;
        UINTN having;

        if (BS->LocateHandleBuffer(ByProtocol, guids[i], NULL, &having, &found))
            continue;
        if (found[0] == handle) {
            show_guid(L"protocol", guids[i]);
            Print(L" %d\n", having);
        }
        BS->FreePool(found);
    }
    BS->FreePool(guids);
}

static void show_protocols(void)
{
    EFI_HANDLE *handles;
    UINTN count;

    if (BS->LocateHandleBuffer(AllHandles, NULL, NULL, &count, &handles))
        return;
    Print(L"survey: handles %d\n", count);
    for (UINTN i = 0; i < count; i++)
        show_handle(handles[i]);
    BS->FreePool(handles);
}

static void show_variables(void)
{
    static CHAR16 name[NAME_CHARS];
    EFI_GUID guid;
    UINTN bytes = sizeof(name);

    while (RT->GetNextVariableName(&bytes, name, &guid) == EFI_SUCCESS) {
        UINT32 attributes = 0;
        UINTN size = 0;

        RT->GetVariable(name, &guid, &attributes, &size, NULL);
        Print(L"survey: variable %s %g %x %d\n", name, &guid, attributes, size);
        bytes = sizeof(name);
    }
}

static void show_disks(void)
{
    EFI_HANDLE *handles;
    UINTN count;

    if (BS->LocateHandleBuffer(ByProtocol, &gEfiBlockIoProtocolGuid, NULL, &count, &handles))
        return;
    for (UINTN i = 0; i < count; i++)
        Print(L"survey: disk %s\n", DevicePathToStr(DevicePathFromHandle(handles[i])));
}

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    EFI_TIME time;

    InitializeLib(image, table);
    Print(L"survey: firmware %s %x\n", table->FirmwareVendor, table->FirmwareRevision);
    Print(L"survey: revision %x\n", table->Hdr.Revision);
    show_memory();
    show_tables(table);
    show_protocols();
    show_variables();
    show_disks();
    if (RT->GetTime(&time, NULL) == EFI_SUCCESS)
        Print(L"survey: time %d-%02d-%02d %02d:%02d:%02d\n", time.Year, time.Month, time.Day,
              time.Hour, time.Minute, time.Second);
    Print(L"survey: end\n");
    RT->ResetSystem(EfiResetShutdown, EFI_SUCCESS, 0, NULL);
    return EFI_DEVICE_ERROR;
}
