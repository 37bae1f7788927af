#include "shim/xen_data.h"

#include <stdbool.h>
#include <stddef.h>

#include "hypercall/detect.h"
#include "hypercall/hvm.h"
#include "hypercall/version.h"
#include "hypercall/xenstore.h"
#include "hypercall/xenstore_value.h"
#include "loader/domain.h"
#include "loader/guest_memory.h"
#include "loader/lib/format.h"
#include "loader/lib/string.h"
#include "loader/stage.h"
#include "loader/version.h"
#include "shim/runtime_image.h"
#include "tables/acpi_processors.h"
#include "tables/config_table.h"
#include "tables/table_memory.h"
#include "tables/xen_table_writer.h"

_Static_assert(XEN_TABLE_STAGE_ENTRY == (int)STAGE_ENTRY &&
                   XEN_TABLE_STAGE_SERVICES == (int)STAGE_SERVICES &&
                   XEN_TABLE_STAGE_START_IMAGE == (int)STAGE_START_IMAGE &&
                   XEN_TABLE_STAGES == (int)STAGES,
               "the interface's stages are the firmware's");

_Static_assert(XEN_TABLE_BUILD_ID_BYTES == FIRMWARE_BUILD_ID_BYTES, "a SHA-1");

static const EFI_GUID xen_table_guid = XEN_TABLE_GUID;
static struct xen_table *table;

static void tell_xen(struct xen_table *facts)
{
    facts->xen_major = xen_version_major();
    facts->xen_minor = xen_version_minor();
    version_get_extra(facts->xen_extra);
    if (version_get_features(&facts->xen_features) == 0)
        facts->known |= XEN_TABLE_HAS_FEATURES;
}

/* Older Xens have it in xenstore only. */
static bool find_domid(uint16_t *ret_domid)
{
    char text[XENSTORE_NUMBER_BYTES];
    uint64_t number;

    if (xen_domid(ret_domid))
        return true;
    if (xenstore_read(0, "domid", "", text, sizeof(text)) ||
        xenstore_value_number(text, UINT16_MAX, &number))
        return false;
    *ret_domid = (uint16_t)number;
    return true;
}

static void tell_domain(struct xen_table *facts, const struct boot_info *info)
{
    const char *name = domain_name();

    if (find_domid(&facts->domid))
        facts->known |= XEN_TABLE_HAS_DOMID;
    if (version_get_domain_uuid(facts->uuid) == 0)
        facts->known |= XEN_TABLE_HAS_UUID;
    if (name[0] && strlen(name) < sizeof(facts->name)) {
        memcpy(facts->name, name, strlen(name) + 1);
        facts->known |= XEN_TABLE_HAS_NAME;
    }
    facts->vcpus = acpi_processors_count(info->rsdp_paddr, guest_memory_window);
}

static uint32_t tell_ring(struct xen_table_ring *ret_ring, uint32_t gfn_param, uint32_t port_param,
                          uint32_t known)
{
    uint64_t gfn;
    uint64_t port;

    if (hvm_get_param(gfn_param, &gfn) || hvm_get_param(port_param, &port) || !gfn || !port)
        return 0;
    *ret_ring = (struct xen_table_ring){.gfn = gfn, .port = (uint32_t)port};
    return known;
}

static void tell_tsc(struct xen_table *facts)
{
    struct xen_tsc_facts tsc = xen_tsc_facts();

    if (!tsc.multiplier)
        return;
    facts->known |= XEN_TABLE_HAS_TSC;
    facts->tsc_khz = tsc.khz;
    facts->tsc_mode = tsc.mode;
    facts->tsc_flags = tsc.flags;
    facts->tsc_incarnation = tsc.incarnation;
    facts->tsc_multiplier = tsc.multiplier;
    facts->tsc_shift = (int32_t)tsc.shift;
}

static void tell_firmware(struct xen_table *facts)
{
    format_string(facts->firmware_version, sizeof(facts->firmware_version), "%s", firmware_version);
    memcpy(facts->firmware_build_id, firmware_build_id.id, sizeof(facts->firmware_build_id));
}

EFI_STATUS xen_data_install(const struct boot_info *info)
{
    struct xen_table facts = {0};

    if (!xen_detected())
        return EFI_UNSUPPORTED;
    tell_xen(&facts);
    tell_domain(&facts, info);
    facts.known |= tell_ring(&facts.console, HVM_PARAM_CONSOLE_PFN, HVM_PARAM_CONSOLE_EVTCHN,
                             XEN_TABLE_HAS_CONSOLE);
    facts.known |= tell_ring(&facts.xenstore, HVM_PARAM_STORE_PFN, HVM_PARAM_STORE_EVTCHN,
                             XEN_TABLE_HAS_XENSTORE);
    tell_tsc(&facts);
    tell_firmware(&facts);
    table = table_memory_alloc(xen_table_bytes(info));
    if (!table)
        return EFI_OUT_OF_RESOURCES;
    xen_table_write(info, &facts, table);
    xen_data_update();
    return config_table_install(&xen_table_guid, table);
}

void xen_data_update(void)
{
    if (!table)
        return;
    for (unsigned int i = 0; i < XEN_TABLE_STAGES; i++)
        table->stage_tsc[i] = stage_tsc((enum boot_stage)i);
    xen_table_seal(table);
    runtime_image_exports()->define_variable(u"XenTable", &xen_table_guid, table, table->bytes);
}
