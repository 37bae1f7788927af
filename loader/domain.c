#include "loader/domain.h"

#include <stdbool.h>

#include <xen/errno.h>

#include "hypercall/detect.h"
#include "hypercall/grant_table.h"
#include "hypercall/shared_info.h"
#include "hypercall/xenstore.h"
#include "loader/guest_memory.h"
#include "loader/lib/log.h"

#define NAME_BYTES 128

static bool open;
static char name[NAME_BYTES];

/* Without it there is no wall clock, and waits for a back end cost CPU time. */
static void map_shared_info(void)
{
    uint64_t hole = guest_memory_take_hole(1);
    int result = hole ? shared_info_map(hole) : 0;

    if (!hole)
        log_warn("domain: no hole in the memory map for shared_info");
    if (result)
        log_warn("domain: shared_info cannot be mapped (%d)", result);
}

static void open_grant_table(void)
{
    uint64_t hole = guest_memory_take_hole(GRANT_TABLE_FRAMES_MAX);
    int result = hole ? grant_table_open(hole) : -XEN_ENOMEM;

    if (result)
        log_debug("domain: no grant table (%d), no PV devices", result);
}

static void open_xenstore(void)
{
    int result = xenstore_open();

    if (!result)
        result = xenstore_read(0, "name", "", name, sizeof(name));
    if (result)
        log_debug("domain: xenstore does not tell the domain's name (%d)", result);
}

const char *domain_name(void)
{
    return name;
}

/* In dom0 a hole of the memory map may be a PCI device's registers: nothing is mapped there. */
void domain_open(const struct boot_info *info)
{
    if (!xen_detected() || info->initial_domain)
        return;
    open = true;
    map_shared_info();
    open_grant_table();
    open_xenstore();
}

void domain_close(void)
{
    int result;

    if (!open)
        return;
    grant_table_close();
    xenstore_close();
    result = shared_info_unmap();
    if (result)
        log_warn("domain: shared_info stays mapped (%d)", result);
}
