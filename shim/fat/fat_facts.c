#include "shim/fat/fat_facts.h"

#include "shim/fat/fat_time.h"

#define ATTRIBUTES (FAT_READ_ONLY | FAT_HIDDEN | FAT_SYSTEM | FAT_DIRECTORY | FAT_ARCHIVE)

_Static_assert(ATTRIBUTES == EFI_FILE_VALID_ATTR, "EFI took FAT's attributes");

uint8_t fat_facts_attributes(uint64_t attributes)
{
    return (uint8_t)(attributes & ATTRIBUTES);
}

struct file_facts fat_facts_of(const struct fat_entry *entry, uint32_t cluster_bytes)
{
    uint64_t mask = (uint64_t)cluster_bytes - 1;

    return (struct file_facts){
        .bytes = entry->bytes,
        .allocated_bytes = (entry->bytes + mask) & ~mask,
        .created = fat_time_to_efi(
            (struct fat_time){entry->created_time, entry->created_date, entry->created_hundredths}),
        .accessed = fat_time_to_efi((struct fat_time){.date = entry->accessed_date}),
        .modified =
            fat_time_to_efi((struct fat_time){entry->modified_time, entry->modified_date, 0}),
        .attributes = fat_facts_attributes(entry->attributes),
    };
}

void fat_facts_store(const struct file_facts *facts, struct fat_entry *entry)
{
    entry->attributes = fat_facts_attributes(facts->attributes);
    if (facts->created.Year) {
        struct fat_time created = fat_time_from_efi(&facts->created);

        entry->created_time = created.time;
        entry->created_date = created.date;
        entry->created_hundredths = created.hundredths;
    }
    if (facts->modified.Year) {
        struct fat_time modified = fat_time_from_efi(&facts->modified);

        entry->modified_time = modified.time;
        entry->modified_date = modified.date;
    }
    if (facts->accessed.Year)
        entry->accessed_date = fat_time_from_efi(&facts->accessed).date;
}
