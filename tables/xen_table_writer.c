#include "tables/xen_table_writer.h"

#include "loader/lib/crc32.h"

size_t xen_table_bytes(const struct boot_info *info)
{
    return sizeof(struct xen_table) + info->module_count * sizeof(struct xen_table_module);
}

static void write_modules(const struct boot_info *info, struct xen_table_module *ret_modules)
{
    for (unsigned int i = 0; i < info->module_count; i++) {
        const struct boot_module *module = &info->module[i];

        ret_modules[i] = (struct xen_table_module){
            .paddr = module->paddr,
            .bytes = module->bytes,
            .cmdline_paddr = module->cmdline[0] ? (uintptr_t)module->cmdline : 0,
        };
    }
}

void xen_table_write(const struct boot_info *info, const struct xen_table *facts,
                     struct xen_table *ret_table)
{
    *ret_table = *facts;
    ret_table->signature = XEN_TABLE_SIGNATURE;
    ret_table->version = XEN_TABLE_VERSION;
    ret_table->bytes = (uint32_t)xen_table_bytes(info);
    ret_table->start_info_paddr = info->start_info_paddr;
    ret_table->start_info_flags = info->flags;
    ret_table->start_info_version = info->version;
    ret_table->modules_offset = sizeof(*ret_table);
    ret_table->module_bytes = sizeof(struct xen_table_module);
    ret_table->module_count = (uint16_t)info->module_count;
    write_modules(info, (struct xen_table_module *)(ret_table + 1));
    xen_table_seal(ret_table);
}

void xen_table_seal(struct xen_table *table)
{
    table->crc32 = 0;
    table->crc32 = crc32_compute(table, table->bytes);
}
