#include "shim/boot_performance_table.h"

#include <stddef.h>

#include "loader/guest_memory.h"
#include "loader/stage.h"
#include "tables/acpi_extension.h"
#include "tables/table_memory.h"

static struct boot_performance *record;

uint64_t boot_performance_table_make(uint64_t rsdp_paddr, struct runtime_data *data)
{
    size_t bytes = acpi_extension_bytes(rsdp_paddr, "FPDT", guest_memory_window);
    struct acpi_fpdt *fpdt;
    void *root;

    if (!bytes)
        return rsdp_paddr;
    fpdt = table_memory_alloc(sizeof(*fpdt));
    root = table_memory_alloc(bytes);
    if (!fpdt || !root)
        return rsdp_paddr;
    record = &data->boot_performance;
    boot_performance_init(record);
    boot_performance_make_fpdt(record, fpdt);
    return acpi_extension_build(rsdp_paddr, &fpdt->header, guest_memory_window, root)
               ? (uintptr_t)root
               : rsdp_paddr;
}

void boot_performance_table_finish(void)
{
    if (!record)
        return;
    record->reset_end = stage_ns(STAGE_MAIN);
    record->load_image = stage_ns(STAGE_LOAD_IMAGE);
    record->start_image = stage_ns(STAGE_START_IMAGE);
    record->exit_boot_services = stage_ns(STAGE_EXIT_BOOT_SERVICES);
    record->boot_services_ended = stage_ns(STAGE_BOOT_SERVICES_ENDED);
}
