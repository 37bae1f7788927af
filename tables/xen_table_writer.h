/*
 * Makes a Xen table (tables/xen_table.h). Pure; boot phase.
 */
#ifndef PVHEFI_TABLES_XEN_TABLE_WRITER_H
#define PVHEFI_TABLES_XEN_TABLE_WRITER_H

#include <stddef.h>

#include "loader/start_info.h"
#include "tables/xen_table.h"

/* What the table of this guest takes. */
size_t xen_table_bytes(const struct boot_info *info);

/*
 * Writes `facts`, whose header and module fields do not count, with header, start_info and modules
 * from `info`. `ret_table` has xen_table_bytes() bytes.
 */
void xen_table_write(const struct boot_info *info, const struct xen_table *facts,
                     struct xen_table *ret_table);

/* Makes the CRC anew after a change. */
void xen_table_seal(struct xen_table *table);

#endif
