#include "shim/partition/partition_path.h"

#include <stddef.h>

#include "loader/lib/string.h"
#include "shim/device_path/device_path.h"

/* Without the padding that gnu-efi's has. */
struct hard_drive_node {
    EFI_DEVICE_PATH header;
    uint32_t number;
    uint64_t first_block;
    uint64_t blocks;
    uint8_t signature[16];
    uint8_t table_type;
    uint8_t signature_type;
} __attribute__((packed));
_Static_assert(sizeof(struct hard_drive_node) == 42, "UEFI 2.10 section 10.3.5.1");
_Static_assert(sizeof(CDROM_DEVICE_PATH) == 24, "UEFI 2.10 section 10.3.5.2");

static const EFI_DEVICE_PATH end = DEVICE_PATH_END;

static union partition_path finish(const void *node, size_t bytes)
{
    union partition_path path = {0};

    memcpy(path.bytes, node, bytes);
    memcpy(path.bytes + bytes, &end, sizeof(end));
    return path;
}

static union partition_path make_hard_drive(const struct partition_entry *entry)
{
    bool is_gpt = entry->kind == PARTITION_GPT;
    struct hard_drive_node node = {
        .header = DEVICE_PATH_NODE(MEDIA_DEVICE_PATH, MEDIA_HARDDRIVE_DP, sizeof(node)),
        .number = entry->number,
        .first_block = entry->first_block,
        .blocks = entry->blocks,
        .table_type = is_gpt ? MBR_TYPE_EFI_PARTITION_TABLE_HEADER : MBR_TYPE_PCAT,
        .signature_type = is_gpt ? SIGNATURE_TYPE_GUID : SIGNATURE_TYPE_MBR,
    };

    if (is_gpt)
        memcpy(node.signature, &entry->gpt.unique, sizeof(entry->gpt.unique));
    else
        memcpy(node.signature, &entry->mbr.signature, sizeof(entry->mbr.signature));
    return finish(&node, sizeof(node));
}

union partition_path partition_path_make(const struct partition_entry *entry)
{
    CDROM_DEVICE_PATH node = {
        .Header = DEVICE_PATH_NODE(MEDIA_DEVICE_PATH, MEDIA_CDROM_DP, sizeof(node)),
        .BootEntry = entry->number,
        .PartitionStart = entry->first_block,
        .PartitionSize = entry->blocks,
    };

    if (entry->kind != PARTITION_EL_TORITO)
        return make_hard_drive(entry);
    return finish(&node, sizeof(node));
}
