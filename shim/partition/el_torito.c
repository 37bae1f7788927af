#include "shim/partition/el_torito.h"

#include <stddef.h>

#include "loader/lib/string.h"

#define SECTOR_BYTES EL_TORITO_SECTOR_BYTES

/* ISO 9660 volume descriptors: from sector 16 on, to the one that ends them. */
#define DESCRIPTOR_FIRST 16u
#define DESCRIPTORS_MAX  32u
#define TYPE_BOOT_RECORD 0
#define TYPE_TERMINATOR  255

#define SYSTEM_ID "EL TORITO SPECIFICATION"

/* The catalog's entries are 32 bytes each; more than a sector of them nobody writes. */
#define CATALOG_ENTRIES (SECTOR_BYTES / 32)

#define HEADER_VALIDATION  0x01
#define HEADER_SECTION     0x90
#define HEADER_LAST        0x91
#define INDICATOR_BOOTABLE 0x88
#define INDICATOR_EXTENDED 0x44

#define PLATFORM_EFI         0xef
#define MEDIA_EMULATION      0x0f
#define VIRTUAL_SECTOR_BYTES 512u
#define WHOLE_DISC_MAX       1u      /* sector counts 0 and 1 mean all that follows */
#define COUNT_OVERFLOWED     0xffffu /* what writers of larger images put there */

struct boot_record {
    uint8_t type;
    char standard_id[5];
    uint8_t version;
    char system_id[32];
    char boot_id[32];
    uint32_t catalog_sector;
} __attribute__((packed));
_Static_assert(offsetof(struct boot_record, catalog_sector) == 0x47, "El Torito figure 7");

struct catalog_entry {
    uint8_t indicator;
    uint8_t platform; /* of a validation entry or section header; of an image the media type */
    union {
        uint16_t section_entries;
        uint16_t load_segment;
    };
    uint8_t system_type;
    uint8_t unused;
    uint16_t sector_count; /* in virtual sectors */
    uint32_t sector;
    uint8_t rest[20];
} __attribute__((packed));
_Static_assert(sizeof(struct catalog_entry) == 32, "El Torito figures 2 to 5");

/* The boot record's catalog sector. */
static EFI_STATUS find_catalog(struct medium *medium, uint32_t *ret_sector)
{
    struct boot_record record;

    for (uint32_t i = 0; i < DESCRIPTORS_MAX; i++) {
        EFI_STATUS status = medium_read(medium, (uint64_t)(DESCRIPTOR_FIRST + i) * SECTOR_BYTES,
                                        sizeof(record), &record);

        /* A disc that ends here is none. */
        if (status != EFI_SUCCESS)
            return status == EFI_VOLUME_CORRUPTED ? EFI_NOT_FOUND : status;
        if (memcmp(record.standard_id, "CD001", sizeof(record.standard_id)) != 0 ||
            record.type == TYPE_TERMINATOR)
            return EFI_NOT_FOUND;
        if (record.type == TYPE_BOOT_RECORD &&
            memcmp(record.system_id, SYSTEM_ID, sizeof(SYSTEM_ID)) == 0) {
            *ret_sector = record.catalog_sector;
            return EFI_SUCCESS;
        }
    }
    return EFI_NOT_FOUND;
}

/* A validation entry's 16-bit words add up to 0. */
static bool is_validation(const struct catalog_entry *entry)
{
    const uint8_t *bytes = (const uint8_t *)entry;
    uint16_t sum = 0;

    for (size_t i = 0; i < sizeof(*entry); i += sizeof(sum))
        sum = (uint16_t)(sum + bytes[i] + (bytes[i + 1] << 8));
    return entry->indicator == HEADER_VALIDATION && sum == 0 && entry->rest[18] == 0x55 &&
           entry->rest[19] == 0xaa;
}

/* Takes the image that an entry names, when it is one that EFI can use. */
static void add_image(const struct medium *medium, const struct catalog_entry *entry,
                      uint32_t boot_entry, struct el_torito *torito)
{
    uint64_t offset = (uint64_t)entry->sector * SECTOR_BYTES;
    uint64_t bytes = (uint64_t)entry->sector_count * VIRTUAL_SECTOR_BYTES;
    uint64_t room = offset < medium->bytes ? medium->bytes - offset : 0;

    if (entry->indicator != INDICATOR_BOOTABLE || entry->platform & MEDIA_EMULATION || !offset)
        return;
    if (entry->sector_count <= WHOLE_DISC_MAX || entry->sector_count == COUNT_OVERFLOWED ||
        bytes > room)
        bytes = room;
    if (bytes && torito->count < EL_TORITO_IMAGES_MAX)
        torito->image[torito->count++] =
            (struct el_torito_image){.boot_entry = boot_entry, .offset = offset, .bytes = bytes};
}

/*
 * Behind the validation entry and the first image there are sections: a header with its platform,
 * then images, each with what extends it.
 */
static void read_images(const struct medium *medium, const struct catalog_entry *catalog,
                        struct el_torito *torito)
{
    uint8_t platform = catalog[0].platform;
    uint32_t boot_entry = 0;
    uint32_t left = 1;

    for (unsigned int i = 1; i < CATALOG_ENTRIES; i++) {
        const struct catalog_entry *entry = &catalog[i];

        if (left && entry->indicator != INDICATOR_EXTENDED) {
            if (platform == PLATFORM_EFI)
                add_image(medium, entry, boot_entry, torito);
            boot_entry++;
            left--;
        } else if (!left &&
                   (entry->indicator == HEADER_SECTION || entry->indicator == HEADER_LAST)) {
            platform = entry->platform;
            left = entry->section_entries;
        } else if (entry->indicator != INDICATOR_EXTENDED) {
            return;
        }
    }
}

EFI_STATUS el_torito_read(struct medium *medium, struct el_torito *ret_torito)
{
    struct catalog_entry catalog[CATALOG_ENTRIES];
    uint32_t sector = 0;
    EFI_STATUS status = find_catalog(medium, &sector);

    if (status != EFI_SUCCESS)
        return status;
    status = medium_read(medium, (uint64_t)sector * SECTOR_BYTES, sizeof(catalog), catalog);
    if (status != EFI_SUCCESS)
        return status;
    if (!is_validation(&catalog[0]))
        return EFI_VOLUME_CORRUPTED;
    *ret_torito = (struct el_torito){0};
    read_images(medium, catalog, ret_torito);
    return EFI_SUCCESS;
}
