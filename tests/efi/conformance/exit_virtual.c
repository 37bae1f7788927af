/* SetVirtualAddressMap, and the runtime services at their new addresses with nothing left at the
 * old ones. */
#include "loader/lib/string.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/exit.h"
#include "tests/efi/conformance/exit_mapping.h"
#include "tests/efi/conformance/exit_service.h"
#include "tests/efi/conformance/exit_variable.h"
#include "tests/efi/conformance/memory_view.h"
#include "tests/efi/conformance/table_header.h"

#define MAP_BYTES_MAX 16384

/* The firmware's map, only what is for run time. */
static UINT8 map[MAP_BYTES_MAX] __attribute__((aligned(8)));
static UINTN map_bytes;
static UINTN descriptor_bytes;
static UINT32 descriptor_version;

static bool mapping_is_there;
static bool moved;

/* Of the event of the address change. */
static UINT32 changes;
static EFI_STATUS convert_status;
static UINT64 converted;
static EFI_STATUS convert_other_status;
static EFI_STATUS convert_null_status;

static EFI_RUNTIME_SERVICES *old_runtime;

static void EFIAPI address_change(EFI_EVENT event, void *context)
{
    void *pointer = old_runtime;
    void *other = &other;
    void *null = NULL;

    (void)event;
    (void)context;
    changes++;
    convert_status = old_runtime->ConvertPointer(0, &pointer);
    converted = (UINTN)pointer;
    convert_other_status = old_runtime->ConvertPointer(0, &other);
    convert_null_status = old_runtime->ConvertPointer(EFI_OPTIONAL_PTR, &null);
}

void exit_virtual_prepare(void)
{
    EFI_EVENT event;

    topic("exit.move", "8.4.1");
    old_runtime = runtime;
    mapping_is_there = mapping_prepare();
    need_status(boot->CreateEvent(EVT_SIGNAL_VIRTUAL_ADDRESS_CHANGE, TPL_NOTIFY, address_change,
                                  NULL, &event),
                "event");
}

/* From the map that ExitBootServices was called with. */
static bool make_map(void)
{
    const struct memory_view *view = memory_view_last();

    descriptor_bytes = view->descriptor_bytes;
    descriptor_version = view->version;
    for (UINTN i = 0; i < memory_view_count(view); i++) {
        const EFI_MEMORY_DESCRIPTOR *from = memory_view_at(view, i);
        EFI_MEMORY_DESCRIPTOR *to = (EFI_MEMORY_DESCRIPTOR *)(map + map_bytes);

        if (!(from->Attribute & EFI_MEMORY_RUNTIME))
            continue;
        if (descriptor_bytes > MAP_BYTES_MAX - map_bytes)
            return false;
        memcpy(to, from, descriptor_bytes);
        to->VirtualStart = to->PhysicalStart + MAPPING_OFFSET;
        map_bytes += descriptor_bytes;
    }
    return map_bytes > 0;
}

static EFI_STATUS set_map(UINTN each_bytes, UINT32 version)
{
    return old_runtime->SetVirtualAddressMap(map_bytes, each_bytes, version,
                                             (EFI_MEMORY_DESCRIPTOR *)map);
}

static void wrong_parameters(void)
{
    topic("exit.move", "8.4.1");
    check_status("version", set_map(descriptor_bytes, descriptor_version + 1),
                 EFI_INVALID_PARAMETER, "a map of another version");
    check_status("descriptor", set_map(sizeof(EFI_MEMORY_DESCRIPTOR) - 8, descriptor_version),
                 EFI_INVALID_PARAMETER, "a map of shorter descriptors");
    check_number("no-event", changes, 0, "nobody was told");
}

static void notification(void)
{
    topic("exit.address-change", "8.4.1");
    check_number("once", changes, 1, "who waits for the change is told once");
    topic("exit.convert-pointer", "8.4.2");
    check_status("known", convert_status, EFI_SUCCESS, "an address of run time is converted");
    check_number("known-address", converted, (UINTN)old_runtime + MAPPING_OFFSET, "to its new one");
    check_status("other", convert_other_status, EFI_NOT_FOUND, "another one is not");
    check_status("null", convert_null_status, EFI_SUCCESS, "NULL may be optional");
}

void exit_move_tests(void)
{
    EFI_STATUS status;

    topic("exit.move", "8.4.1");
    if (!mapping_is_there) {
        skip_topic("the processor has other page tables");
        return;
    }
    if (!need(make_map(), "map of the runtime memory"))
        return;
    mapping_use_both();
    wrong_parameters();
    status = set_map(descriptor_bytes, descriptor_version);
    moved = status == EFI_SUCCESS;
    check_status("set", status, EFI_SUCCESS, "the runtime services are moved");
    check_status("again", set_map(descriptor_bytes, descriptor_version), EFI_UNSUPPORTED,
                 "only once");
    notification();
}

bool exit_is_moved(void)
{
    return moved;
}

static bool is_new(const void *pointer)
{
    return (UINTN)pointer >= MAPPING_OFFSET;
}

static void tables(void)
{
    topic("exit.virtual-table", "8.4.1");
    check_pointer("runtime-services", runtime, (UINT8 *)old_runtime + MAPPING_OFFSET,
                  "the system table knows where they are");
    check("vendor", is_new(system_table->FirmwareVendor), "and where the vendor's name is");
    check("configuration-tables", is_new(system_table->ConfigurationTable),
          "and the configuration tables");
    check("crc", table_crc_is_right(&system_table->Hdr), "its CRC is right");
    check("runtime-services-crc", table_crc_is_right(&runtime->Hdr), "and theirs");
    check("get-variable", is_new((void *)(UINTN)runtime->GetVariable), "services have moved");
    check("reset-system", is_new((void *)(UINTN)runtime->ResetSystem), "each of them");
}

void exit_virtual_tests(void)
{
    topic("exit.virtual-table", "8.4.1");
    if (!moved)
        return;
    if (!need(mapping_use_new((EFI_MEMORY_DESCRIPTOR *)map, map_bytes, descriptor_bytes),
              "page tables"))
        return;
    system_table = (EFI_SYSTEM_TABLE *)((UINTN)system_table + MAPPING_OFFSET);
    runtime = system_table->RuntimeServices;
    tables();
    exit_variable_tests("exit.virtual-variable");
    exit_service_tests("exit.virtual-service");
}
