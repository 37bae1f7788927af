#include "shim/fat/fat_label.h"

#include "loader/lib/string.h"
#include "shim/fat/fat_directory.h"
#include "shim/fat/fat_insert.h"
#include "shim/text/unicode_case.h"

#define LATIN1_LAST 0xff

/* What the first sector says when there is no label. */
static const uint8_t no_name[] = "NO NAME    ";

EFI_STATUS fat_label_get(struct fat_node *root, CHAR16 ret_text[static FAT_LABEL_BYTES + 1])
{
    size_t chars = FAT_LABEL_BYTES;
    struct fat_found found;
    EFI_STATUS status = fat_directory_find_label(root, &found);

    ret_text[0] = 0;
    if (status != EFI_SUCCESS)
        return status == EFI_NOT_FOUND ? EFI_SUCCESS : status;
    for (size_t i = 0; i < chars; i++)
        ret_text[i] = found.entry.name[i];
    if (ret_text[0] == FAT_NAME_E5)
        ret_text[0] = FAT_NAME_REMOVED;
    while (chars && ret_text[chars - 1] == ' ')
        chars--;
    ret_text[chars] = 0;
    return EFI_SUCCESS;
}

static bool is_label_char(CHAR16 unit)
{
    for (const char *sign = "\"*+,./:;<=>?[\\]|"; *sign; sign++)
        if (unit == (unsigned char)*sign)
            return false;
    return unit >= ' ' && unit <= LATIN1_LAST;
}

static bool take(const CHAR16 *text, uint8_t ret_label[static FAT_LABEL_BYTES])
{
    size_t chars = 0;

    memset(ret_label, ' ', FAT_LABEL_BYTES);
    for (; text[chars]; chars++) {
        if (chars == FAT_LABEL_BYTES || !is_label_char(text[chars]))
            return false;
        ret_label[chars] =
            (uint8_t)(unicode_upper(text[chars]) <= LATIN1_LAST ? unicode_upper(text[chars])
                                                                : text[chars]);
    }
    if (ret_label[0] == FAT_NAME_REMOVED)
        ret_label[0] = FAT_NAME_E5;
    return !chars || ret_label[0] != ' ';
}

static EFI_STATUS set_entry(struct fat_node *root, const uint8_t *label)
{
    struct fat_entry entry = {.attributes = FAT_LABEL};
    struct fat_found found;
    EFI_STATUS status = fat_directory_find_label(root, &found);

    if (status != EFI_SUCCESS && status != EFI_NOT_FOUND)
        return status;
    if (label[0] == ' ')
        return status == EFI_SUCCESS ? fat_remove(root, found.slot, found.slot) : EFI_SUCCESS;
    memcpy(entry.name, label, sizeof(entry.name));
    fat_entry_set_modified(&entry, fat_volume_now(root->volume));
    status = status == EFI_SUCCESS ? fat_directory_write(root, found.slot, &entry)
                                   : fat_insert_short(root, &entry);
    return status == EFI_SUCCESS ? medium_cache_flush(&root->volume->cache) : status;
}

/* In the first sector, and in its copy when there is one. */
static EFI_STATUS set_copies(struct fat_volume *volume, const uint8_t *label)
{
    const struct fat_geometry *geometry = &volume->geometry;
    EFI_STATUS status = EFI_SUCCESS;

    if (!geometry->label_offset)
        return EFI_SUCCESS;
    if (label[0] == ' ')
        label = no_name;
    status = medium_cache_write(&volume->cache, geometry->label_offset, FAT_LABEL_BYTES, label);
    if (status == EFI_SUCCESS && geometry->backup_offset)
        status =
            medium_cache_write(&volume->cache, geometry->backup_offset + geometry->label_offset,
                               FAT_LABEL_BYTES, label);
    return status == EFI_SUCCESS ? medium_cache_flush(&volume->cache) : status;
}

EFI_STATUS fat_label_set(struct fat_node *root, const CHAR16 *text)
{
    uint8_t label[FAT_LABEL_BYTES];
    EFI_STATUS status;

    if (!take(text, label))
        return EFI_INVALID_PARAMETER;
    status = set_entry(root, label);
    return status == EFI_SUCCESS ? set_copies(root->volume, label) : status;
}
