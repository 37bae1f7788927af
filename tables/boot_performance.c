#include "tables/boot_performance.h"

#define RECORD_BOOT_POINTER 0
#define RECORD_BOOT         2
#define POINTER_REVISION    1
#define BOOT_REVISION       2
#define FPDT_REVISION       1

void boot_performance_init(struct boot_performance *ret_record)
{
    *ret_record = (struct boot_performance){
        .signature = {'F', 'B', 'P', 'T'},
        .bytes = sizeof(*ret_record),
        .record_type = RECORD_BOOT,
        .record_bytes = sizeof(*ret_record) - offsetof(struct boot_performance, record_type),
        .record_revision = BOOT_REVISION,
    };
}

void boot_performance_make_fpdt(const struct boot_performance *record, struct acpi_fpdt *ret_fpdt)
{
    *ret_fpdt = (struct acpi_fpdt){
        .header =
            {
                .signature = {'F', 'P', 'D', 'T'},
                .length = sizeof(*ret_fpdt),
                .revision = FPDT_REVISION,
                .oem_id = {'p', 'v', 'h', 'e', 'f', 'i'},
                .oem_table_id = {'P', 'V', 'H', 'E', 'F', 'I'},
                .oem_revision = 1,
                .creator_id = {'P', 'V', 'H', 'E'},
                .creator_revision = 1,
            },
        .record_type = RECORD_BOOT_POINTER,
        .record_bytes = sizeof(*ret_fpdt) - sizeof(struct acpi_header),
        .record_revision = POINTER_REVISION,
        .boot_performance_paddr = (uintptr_t)record,
    };
    ret_fpdt->header.checksum = (uint8_t)-acpi_byte_sum(ret_fpdt, sizeof(*ret_fpdt));
}
