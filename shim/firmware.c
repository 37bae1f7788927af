#include "shim/firmware.h"

#include <stddef.h>

#include "hypercall/detect.h"
#include "hypercall/hypercall.h"
#include "hypercall/shared_info.h"
#include "hypercall/wall_clock.h"
#include "loader/guest_memory.h"
#include "loader/lib/log.h"
#include "loader/lib/string.h"
#include "loader/status_name.h"
#include "loader/x86/layout.h"
#include "shim/block/storage.h"
#include "shim/boot_performance_table.h"
#include "shim/boot_services.h"
#include "shim/console/console_protocols.h"
#include "shim/image/image.h"
#include "shim/memory/page_alloc.h"
#include "shim/memory_attributes_table.h"
#include "shim/protocols.h"
#include "shim/runtime_followers.h"
#include "shim/runtime_image.h"
#include "shim/smbios_table.h"
#include "shim/xen_data.h"
#include "tables/acpi.h"
#include "tables/acpi_power.h"
#include "tables/config_table.h"
#include "tables/rng_seed.h"
#include "tables/runtime_data.h"
#include "tables/system_table.h"

/*
 * Linux's /dev/mem, through which systemd reads the boot performance record, ends where RAM ends:
 * what stays of the firmware must not be the memory's last pages. The one above it is the OS's
 * after ExitBootServices.
 */
static void leave_page_above(void)
{
    EFI_PHYSICAL_ADDRESS page;

    page_alloc(AllocateAnyPages, EfiBootServicesData, 1, &page);
}

static EFI_STATUS create_tables(struct runtime_data **ret_data)
{
    EFI_PHYSICAL_ADDRESS page;
    struct runtime_data *data;
    EFI_STATUS status;

    leave_page_above();
    status = page_alloc(AllocateAnyPages, EfiRuntimeServicesData, 1, &page);
    if (status != EFI_SUCCESS)
        return status;
    data = memset((void *)(uintptr_t)page, 0, EFI_PAGE_SIZE);
    system_table_init(data);
    config_table_init(data);
    runtime_followers_init(&data->followers);
    boot_services_install(&data->system_table);
    *ret_data = data;
    return EFI_SUCCESS;
}

/* Without a clock the runtime image answers GetTime with EFI_UNSUPPORTED. */
static struct tsc_clock read_wall_clock(void)
{
    struct tsc_clock clock = {0};
    int result = shared_info() ? wall_clock_read(&clock) : 0;

    if (result)
        log_warn("time: Xen's wall clock cannot be read (%d), GetTime is unsupported", result);
    return clock;
}

static EFI_STATUS start_runtime(const struct boot_info *info, struct runtime_data *data)
{
    static const EFI_GUID rt_properties_guid = EFI_RT_PROPERTIES_TABLE_GUID;
    struct acpi_power power = acpi_power_find(info->rsdp_paddr, guest_memory_window);
    struct xen_tsc_facts tsc = xen_tsc_facts();
    struct runtime_parameters parameters = {
        .platform = xen_detected() ? RUNTIME_PLATFORM_XEN : RUNTIME_PLATFORM_PORTS,
        .hypercall_instruction = hypercall_instruction,
        .power_off = power.power_off,
        .reset = power.reset,
        .wall_clock = read_wall_clock(),
        .incarnation = {.leaf = tsc.leaf, .count = tsc.incarnation},
        .system_table = &data->system_table,
        .followers = &data->followers,
    };
    EFI_STATUS status = runtime_image_install(&parameters);

    if (status != EFI_SUCCESS)
        return status;
    data->system_table.RuntimeServices = runtime_image_exports()->services;
    data->rt_properties = (struct efi_rt_properties_table){
        .version = EFI_RT_PROPERTIES_TABLE_VERSION,
        .length = sizeof(data->rt_properties),
        .runtime_services_supported = runtime_image_exports()->supported_mask,
    };
    return config_table_install(&rt_properties_guid, &data->rt_properties);
}

/* Neither a missing RSDP nor a CPU without random numbers keeps a guest from booting. */
static void install_optional_tables(const struct boot_info *info, const struct options *options,
                                    struct runtime_data *data)
{
    uint64_t rsdp = info->rsdp_paddr;

    if (options->boot_performance)
        rsdp = boot_performance_table_make(rsdp, data);
    acpi_install(rsdp, guest_memory_window);
    rng_seed_install();
    smbios_table_install(info);
    xen_data_install(info);
}

EFI_STATUS firmware_install(const struct boot_info *info, const struct options *options,
                            EFI_HANDLE *ret_handle)
{
    struct runtime_data *data = NULL;
    EFI_STATUS status = create_tables(&data);

    if (status == EFI_SUCCESS)
        status = start_runtime(info, data);
    if (status == EFI_SUCCESS)
        status = console_protocols_install(&data->system_table);
    if (status == EFI_SUCCESS)
        status = protocols_install();
    if (status == EFI_SUCCESS)
        status = memory_attributes_table_install(data);
    if (status == EFI_SUCCESS)
        status = image_firmware_init(&data->system_table, firmware_start, firmware_end, ret_handle);
    if (status == EFI_SUCCESS)
        status = storage_install(*ret_handle);
    if (status != EFI_SUCCESS) {
        log_err("firmware: %s while setting up; give the guest more memory", status_name(status));
        return status;
    }
    install_optional_tables(info, options, data);
    table_update_crc(&data->system_table.Hdr);
    return EFI_SUCCESS;
}
