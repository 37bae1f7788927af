#include "shim/partition/partition_table.h"

#include <stddef.h>

#include "loader/lib/log.h"
#include "shim/guid.h"
#include "shim/memory/pool.h"
#include "shim/partition/el_torito.h"

#define MBR_TYPE_EFI_SYSTEM 0xef

struct reading {
    struct medium *medium;
    partition_visit *visit;
    void *context;
    bool found_any;
};

static EFI_STATUS visit(struct reading *reading, const struct partition_entry *entry)
{
    reading->found_any = true;
    return reading->visit(reading->context, entry);
}

static EFI_STATUS read_gpt_header(struct medium *medium, uint64_t lba, struct gpt *ret_gpt)
{
    uint64_t last_lba = medium->bytes / medium->block_bytes - 1;
    const char *problem = "";
    EFI_STATUS status;
    void *block;

    if (lba < GPT_PRIMARY_LBA || lba > last_lba)
        return EFI_VOLUME_CORRUPTED;
    block = pool_new(medium->block_bytes);
    if (!block)
        return EFI_OUT_OF_RESOURCES;
    status = medium_read(medium, lba * medium->block_bytes, medium->block_bytes, block);
    if (status == EFI_SUCCESS)
        problem = gpt_parse_header(block, medium->block_bytes, lba, last_lba, ret_gpt);
    pool_free(block);
    if (!problem)
        return EFI_SUCCESS;
    log_warn("gpt: block %lu: %s", lba, status == EFI_SUCCESS ? problem : "cannot be read");
    return EFI_VOLUME_CORRUPTED;
}

/* *ret_entries is the caller's to free. */
static EFI_STATUS read_gpt_entries(struct medium *medium, const struct gpt *gpt, void **ret_entries)
{
    void *entries = pool_new(gpt_entries_bytes(gpt));
    EFI_STATUS status;

    if (!entries)
        return EFI_OUT_OF_RESOURCES;
    status = medium_read(medium, gpt->entries_lba * medium->block_bytes, gpt_entries_bytes(gpt),
                         entries);
    if (status == EFI_SUCCESS && gpt_entries_are_intact(gpt, entries)) {
        *ret_entries = entries;
        return EFI_SUCCESS;
    }
    log_warn("gpt: block %lu: %s", gpt->entries_lba,
             status == EFI_SUCCESS ? "bad checksum of the entries" : "cannot be read");
    pool_free(entries);
    return EFI_VOLUME_CORRUPTED;
}

static EFI_STATUS read_gpt_copy(struct medium *medium, uint64_t lba, struct gpt *ret_gpt,
                                void **ret_entries)
{
    EFI_STATUS status = read_gpt_header(medium, lba, ret_gpt);

    return status == EFI_SUCCESS ? read_gpt_entries(medium, ret_gpt, ret_entries) : status;
}

/*
 * The primary copy; else the backup, where the primary's header says or, when that is no use
 * either, at the disk's end.
 */
static EFI_STATUS read_gpt(struct medium *medium, struct gpt *ret_gpt, void **ret_entries)
{
    uint64_t last_lba = medium->bytes / medium->block_bytes - 1;
    uint64_t backup_lba;
    EFI_STATUS status;

    ret_gpt->other_lba = last_lba;
    status = read_gpt_copy(medium, GPT_PRIMARY_LBA, ret_gpt, ret_entries);
    if (status != EFI_VOLUME_CORRUPTED)
        return status;
    backup_lba = ret_gpt->other_lba;
    status = read_gpt_copy(medium, backup_lba, ret_gpt, ret_entries);
    if (status == EFI_VOLUME_CORRUPTED && backup_lba != last_lba)
        status = read_gpt_copy(medium, last_lba, ret_gpt, ret_entries);
    if (status == EFI_SUCCESS)
        log_warn("gpt: the backup is used");
    return status;
}

static EFI_STATUS visit_gpt(struct reading *reading, const struct gpt *gpt, const void *entries)
{
    static const EFI_GUID efi_system = GPT_EFI_SYSTEM_GUID;
    struct partition_entry entry = {.kind = PARTITION_GPT};

    for (uint32_t i = 0; i < gpt->entry_count; i++) {
        EFI_STATUS status = EFI_SUCCESS;

        if (!gpt_parse_entry(gpt, entries, i, &entry.gpt))
            continue;
        entry.number = i + 1;
        entry.first_block = entry.gpt.first_lba;
        entry.blocks = entry.gpt.last_lba - entry.gpt.first_lba + 1;
        entry.is_efi_system = guid_equal(&entry.gpt.type, &efi_system);
        status = visit(reading, &entry);
        if (status != EFI_SUCCESS)
            return status;
    }
    return EFI_SUCCESS;
}

static EFI_STATUS try_gpt(struct reading *reading)
{
    void *entries = NULL;
    struct gpt gpt;
    EFI_STATUS status = read_gpt(reading->medium, &gpt, &entries);

    if (status != EFI_SUCCESS)
        return status;
    status = visit_gpt(reading, &gpt, entries);
    pool_free(entries);
    return status;
}

/* Images that begin within a block of a disk with larger ones cannot be a partition's. */
static EFI_STATUS try_el_torito(struct reading *reading)
{
    uint32_t block_bytes = reading->medium->block_bytes;
    struct el_torito torito;
    EFI_STATUS status = el_torito_read(reading->medium, &torito);

    for (unsigned int i = 0; status == EFI_SUCCESS && i < torito.count; i++) {
        const struct el_torito_image *image = &torito.image[i];
        struct partition_entry entry = {
            .kind = PARTITION_EL_TORITO,
            .number = image->boot_entry,
            .first_block = image->offset / block_bytes,
            .blocks = (image->bytes + block_bytes - 1) / block_bytes,
            .is_efi_system = true,
        };

        if (image->offset % block_bytes == 0)
            status = visit(reading, &entry);
    }
    return status;
}

static EFI_STATUS visit_mbr(struct reading *reading, const struct mbr *mbr)
{
    for (unsigned int i = 0; i < mbr->count; i++) {
        const struct mbr_partition *partition = &mbr->partition[i];
        struct partition_entry entry = {
            .kind = PARTITION_MBR,
            .number = partition->number,
            .first_block = partition->first_block,
            .blocks = partition->blocks,
            .is_efi_system = partition->record.OSIndicator == MBR_TYPE_EFI_SYSTEM,
            .mbr = {.record = partition->record, .signature = mbr->signature},
        };
        EFI_STATUS status = visit(reading, &entry);

        if (status != EFI_SUCCESS)
            return status;
    }
    return EFI_SUCCESS;
}

/* A GPT that no protective record announces is what was left of one (UEFI 2.10 section 5.2.3). */
static EFI_STATUS try_all(struct reading *reading, struct mbr *mbr)
{
    EFI_STATUS mbr_status = mbr_read(reading->medium, mbr);
    EFI_STATUS status = EFI_SUCCESS;

    if (mbr_status == EFI_SUCCESS && mbr->is_protective)
        status = try_gpt(reading);
    if (status == EFI_OUT_OF_RESOURCES || reading->found_any)
        return status;
    status = try_el_torito(reading);
    if (status == EFI_OUT_OF_RESOURCES || reading->found_any)
        return status;
    return mbr_status == EFI_SUCCESS ? visit_mbr(reading, mbr) : mbr_status;
}

EFI_STATUS partition_table_read(struct medium *medium, partition_visit *visit_each, void *context)
{
    struct reading reading = {.medium = medium, .visit = visit_each, .context = context};
    struct mbr *mbr;
    EFI_STATUS status;

    if (medium->bytes / medium->block_bytes < 2)
        return EFI_NOT_FOUND;
    mbr = pool_new(sizeof(*mbr));
    if (!mbr)
        return EFI_OUT_OF_RESOURCES;
    status = try_all(&reading, mbr);
    pool_free(mbr);
    return status == EFI_SUCCESS && !reading.found_any ? EFI_NOT_FOUND : status;
}
