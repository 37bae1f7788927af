#include "shim/smbios_table.h"

#include <stddef.h>

#include "hypercall/detect.h"
#include "hypercall/version.h"
#include "loader/guest_memory.h"
#include "loader/lib/log.h"
#include "loader/x86/processor.h"
#include "shim/smbios_settings.h"
#include "tables/acpi_processors.h"
#include "tables/config_table.h"
#include "tables/smbios.h"
#include "tables/table_memory.h"

#define FOUR_GIB    (1ull << 32)
#define KHZ_PER_MHZ 1000u

/* Texts that the facts point to. */
struct texts {
    char xen_version[XEN_VERSION_TEXT_BYTES];
    struct processor processor;
};

static void facts_collect(const struct boot_info *info, struct texts *texts,
                          struct smbios_facts *ret_facts)
{
    version_get_text(texts->xen_version);
    texts->processor = processor_identify();
    *ret_facts = (struct smbios_facts){
        .xen_version = texts->xen_version,
        .processors = (uint16_t)acpi_processors_count(info->rsdp_paddr, guest_memory_window),
        .processor_vendor = texts->processor.vendor,
        .processor_name = texts->processor.name,
        .processor_signature = texts->processor.signature,
        .processor_features = texts->processor.features,
        .mhz = (uint16_t)(xen_tsc_facts().khz / KHZ_PER_MHZ),
        .memory_mib = guest_memory_mib(),
        .low_end = guest_memory_end(FOUR_GIB),
        .high_end = guest_memory_end(UINT64_MAX),
    };
    if (version_get_domain_uuid(ret_facts->uuid))
        log_warn("smbios: Xen does not tell the domain's UUID");
    smbios_settings_read(ret_facts);
}

EFI_STATUS smbios_table_install(const struct boot_info *info)
{
    static const EFI_GUID guid = SMBIOS3_TABLE_GUID;
    struct smbios_facts facts;
    struct texts texts;
    size_t bytes;
    void *table;

    if (!xen_detected() || info->initial_domain)
        return EFI_UNSUPPORTED;
    facts_collect(info, &texts, &facts);
    bytes = smbios_build(&facts, NULL, 0);
    table = table_memory_alloc(bytes);
    if (!table)
        return EFI_OUT_OF_RESOURCES;
    smbios_build(&facts, table, bytes);
    return config_table_install(&guid, table);
}
