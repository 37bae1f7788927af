#include "shim/runtime/virtual_map.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "loader/lib/string.h"
#include "shim/runtime/state.h"
#include "shim/runtime/table_crc.h"

/* The caller's map, valid during SetVirtualAddressMap only; no descriptors at other times. */
static struct {
    const uint8_t *descriptors;
    UINTN count;
    UINTN descriptor_bytes;
} current;

/* Copied, since a caller's odd descriptor size would misalign every second one. */
static EFI_MEMORY_DESCRIPTOR descriptor_at(UINTN index)
{
    EFI_MEMORY_DESCRIPTOR descriptor;

    memcpy(&descriptor, current.descriptors + index * current.descriptor_bytes, sizeof(descriptor));
    return descriptor;
}

/* False for a range that wraps around in either address space or is no whole pages: it maps
 * nothing. */
static bool descriptor_maps(const EFI_MEMORY_DESCRIPTOR *descriptor)
{
    uint64_t last_page = UINT64_MAX >> EFI_PAGE_SHIFT;

    return (descriptor->Attribute & EFI_MEMORY_RUNTIME) != 0 &&
           ((descriptor->PhysicalStart | descriptor->VirtualStart) & EFI_PAGE_MASK) == 0 &&
           descriptor->NumberOfPages <= last_page - (descriptor->PhysicalStart >> EFI_PAGE_SHIFT) &&
           descriptor->NumberOfPages <= last_page - (descriptor->VirtualStart >> EFI_PAGE_SHIFT);
}

/* The new address of `bytes` bytes that one descriptor covers as a whole. */
static bool convert_range(uint64_t address, uint64_t bytes, uint64_t *ret_address)
{
    for (UINTN i = 0; i < current.count; i++) {
        EFI_MEMORY_DESCRIPTOR descriptor = descriptor_at(i);
        uint64_t offset = address - descriptor.PhysicalStart;
        uint64_t size = descriptor.NumberOfPages << EFI_PAGE_SHIFT;

        if (descriptor_maps(&descriptor) && address >= descriptor.PhysicalStart && offset < size &&
            bytes <= size - offset) {
            *ret_address = descriptor.VirtualStart + offset;
            return true;
        }
    }
    return false;
}

static bool range_is_mapped(const void *start, uint64_t bytes)
{
    uint64_t ignored;

    return start == NULL || convert_range((uintptr_t)start, bytes, &ignored);
}

static bool drivers_are_mapped(const struct runtime_followers *followers)
{
    for (const struct runtime_driver *driver = followers->drivers; driver; driver = driver->next)
        if (!range_is_mapped((const void *)(uintptr_t)driver->base, driver->bytes))
            return false;
    return true;
}

static bool everything_is_mapped(void)
{
    const struct runtime_parameters *parameters = &runtime_state.parameters;
    const EFI_SYSTEM_TABLE *table = parameters->system_table;

    return range_is_mapped(runtime_state.image, runtime_state.image_bytes) &&
           range_is_mapped(parameters->variable_store, parameters->variable_store_bytes) &&
           drivers_are_mapped(parameters->followers) && range_is_mapped(table, sizeof(*table)) &&
           range_is_mapped(table->FirmwareVendor, sizeof(*table->FirmwareVendor)) &&
           range_is_mapped(table->ConfigurationTable,
                           table->NumberOfTableEntries * sizeof(*table->ConfigurationTable));
}

EFI_STATUS EFIAPI virtual_map_convert_pointer(UINTN disposition, VOID **pointer)
{
    uint64_t address;

    if (pointer == NULL)
        return EFI_INVALID_PARAMETER;
    if (*pointer == NULL)
        return (disposition & EFI_OPTIONAL_PTR) != 0 ? EFI_SUCCESS : EFI_INVALID_PARAMETER;
    if (!convert_range((uintptr_t)*pointer, 1, &address))
        return EFI_NOT_FOUND;
    *pointer = (void *)(uintptr_t)address;
    return EFI_SUCCESS;
}

/* Cannot fail: everything_is_mapped() has seen it. */
static void move(void *pointer)
{
    virtual_map_convert_pointer(EFI_OPTIONAL_PTR, pointer);
}

/* All but the two services of this file, which are only for callers at the old addresses. */
static void move_services(EFI_RUNTIME_SERVICES *services)
{
    move(&services->GetTime);
    move(&services->SetTime);
    move(&services->GetWakeupTime);
    move(&services->SetWakeupTime);
    move(&services->GetVariable);
    move(&services->GetNextVariableName);
    move(&services->SetVariable);
    move(&services->GetNextHighMonotonicCount);
    move(&services->ResetSystem);
    move(&services->UpdateCapsule);
    move(&services->QueryCapsuleCapabilities);
    move(&services->QueryVariableInfo);
    table_crc_update(&services->Hdr);
}

static void move_system_table(EFI_SYSTEM_TABLE *table)
{
    move(&table->FirmwareVendor);
    move(&table->RuntimeServices);
    move(&table->ConfigurationTable);
    table_crc_update(&table->Hdr);
}

static void move_drivers(const struct runtime_followers *followers)
{
    for (const struct runtime_driver *driver = followers->drivers; driver; driver = driver->next) {
        uint64_t address;

        if (convert_range(driver->base, driver->bytes, &address))
            follower_relocate(driver, address - driver->base);
    }
}

static void move_everything(void)
{
    struct runtime_parameters *parameters = &runtime_state.parameters;

    /* Notifications may call anything at the old addresses, so they come first. */
    followers_notify(parameters->followers);
    move_drivers(parameters->followers);
    move_services(&runtime_state.services);
    move_system_table(parameters->system_table);
    move(&parameters->system_table);
    move(&parameters->variable_store);
    move(&runtime_state.variables);
    move(&runtime_state.image);
}

EFI_STATUS EFIAPI virtual_map_set(UINTN map_bytes, UINTN descriptor_bytes,
                                  UINT32 descriptor_version, EFI_MEMORY_DESCRIPTOR *map)
{
    EFI_STATUS status = EFI_NO_MAPPING;

    if (!runtime_state.at_runtime || runtime_state.is_virtual)
        return EFI_UNSUPPORTED;
    if (descriptor_version != EFI_MEMORY_DESCRIPTOR_VERSION ||
        descriptor_bytes < sizeof(EFI_MEMORY_DESCRIPTOR) || map == NULL)
        return EFI_INVALID_PARAMETER;

    current.descriptors = (const uint8_t *)map;
    current.descriptor_bytes = descriptor_bytes;
    current.count = map_bytes / descriptor_bytes;
    if (everything_is_mapped()) {
        move_everything();
        runtime_state.is_virtual = true;
        status = EFI_SUCCESS;
    }
    current.count = 0;
    return status;
}
