#include "shim/iso9660/iso_volume.h"

#include "loader/lib/string.h"
#include "shim/iso9660/iso_directory.h"
#include "shim/iso9660/iso_record.h"

/* Descriptors begin in sector 16 and end with one of their own. */
#define DESCRIPTOR_FIRST   16u
#define DESCRIPTORS_MAX    32u
#define TYPE_PRIMARY       1u
#define TYPE_SUPPLEMENTARY 2u
#define TYPE_TERMINATOR    255u

struct descriptor {
    uint8_t type;
    char standard_id[5];
    uint8_t version;
    uint8_t unused1;
    char system_id[32];
    uint8_t volume_id[ISO_LABEL_CHARS];
    uint8_t unused2[8];
    uint32_t blocks;
    uint32_t blocks_big;
    char escape_sequences[32];
    uint8_t set_and_sequence[8];
    uint16_t block_bytes;
    uint16_t block_bytes_big;
    uint8_t path_tables[24];
    uint8_t root[ISO_ROOT_RECORD_BYTES];
} __attribute__((packed));
_Static_assert(sizeof(struct descriptor) == 190, "ECMA-119 sections 8.4 and 8.5");

/* EFI_NOT_FOUND: these are no descriptors, or there are no more. */
static EFI_STATUS read_descriptor(struct medium *medium, uint32_t index,
                                  struct descriptor *ret_descriptor)
{
    EFI_STATUS status = EFI_VOLUME_CORRUPTED;

    if (index < DESCRIPTORS_MAX)
        status = medium_read(medium, (uint64_t)(DESCRIPTOR_FIRST + index) * ISO_SECTOR_BYTES,
                             sizeof(*ret_descriptor), ret_descriptor);
    /* A medium that ends here. */
    if (status == EFI_VOLUME_CORRUPTED)
        return EFI_NOT_FOUND;
    if (status != EFI_SUCCESS)
        return status;
    if (memcmp(ret_descriptor->standard_id, "CD001", sizeof(ret_descriptor->standard_id)) != 0 ||
        ret_descriptor->type == TYPE_TERMINATOR)
        return EFI_NOT_FOUND;
    return EFI_SUCCESS;
}

static bool is_joliet(const struct descriptor *descriptor)
{
    const char *escape = descriptor->escape_sequences;

    return descriptor->type == TYPE_SUPPLEMENTARY && escape[0] == '%' && escape[1] == '/' &&
           (escape[2] == '@' || escape[2] == 'C' || escape[2] == 'E');
}

/* The primary descriptor, and Joliet's if there is one: else its type stays 0. */
static EFI_STATUS read_descriptors(struct medium *medium, struct descriptor *primary,
                                   struct descriptor *joliet)
{
    EFI_STATUS status = EFI_SUCCESS;

    primary->type = joliet->type = 0;
    for (uint32_t i = 0; status == EFI_SUCCESS; i++) {
        struct descriptor descriptor;

        status = read_descriptor(medium, i, &descriptor);
        if (status != EFI_SUCCESS)
            break;
        if (descriptor.type == TYPE_PRIMARY && !primary->type)
            *primary = descriptor;
        else if (is_joliet(&descriptor) && !joliet->type)
            *joliet = descriptor;
    }
    if (status != EFI_NOT_FOUND)
        return status;
    return primary->type ? EFI_SUCCESS : EFI_UNSUPPORTED;
}

EFI_STATUS iso_volume_probe(struct medium *medium)
{
    struct descriptor primary;
    struct descriptor joliet;

    return read_descriptors(medium, &primary, &joliet);
}

static void take_label(struct iso_volume *volume, const struct descriptor *descriptor)
{
    const uint8_t *id = descriptor->volume_id;
    bool is_wide = volume->names == ISO_NAMES_JOLIET;
    size_t chars = is_wide ? ISO_LABEL_CHARS / 2 : ISO_LABEL_CHARS;

    for (size_t i = 0; i < chars; i++)
        volume->label[i] = is_wide ? (CHAR16)(id[2 * i] << 8 | id[2 * i + 1]) : id[i];
    while (chars && (volume->label[chars - 1] == ' ' || !volume->label[chars - 1]))
        chars--;
    volume->label[chars] = 0;
}

static EFI_STATUS take_tree(struct iso_volume *volume, const struct descriptor *descriptor,
                            enum iso_names names)
{
    struct iso_record root;

    volume->names = names;
    volume->block_bytes = descriptor->block_bytes;
    volume->total_bytes = (uint64_t)descriptor->blocks * descriptor->block_bytes;
    if (volume->block_bytes < 512 || volume->block_bytes > ISO_SECTOR_BYTES ||
        volume->block_bytes & (volume->block_bytes - 1) ||
        !iso_record_parse(descriptor->root, sizeof(descriptor->root), &root))
        return EFI_VOLUME_CORRUPTED;
    volume->root = (struct iso_entry){
        .offset = (uint64_t)root.block * volume->block_bytes,
        .bytes = root.bytes,
        .is_directory = true,
        .time = root.time,
    };
    take_label(volume, descriptor);
    return EFI_SUCCESS;
}

/* Rock Ridge shows in the root's own record. */
static EFI_STATUS choose_tree(struct iso_volume *volume, const struct descriptor *primary,
                              const struct descriptor *joliet)
{
    struct iso_rock_ridge fields;
    EFI_STATUS status = take_tree(volume, primary, ISO_NAMES_PLAIN);

    if (status == EFI_SUCCESS)
        status = iso_directory_read_root(volume, &fields);
    if (status != EFI_SUCCESS)
        return joliet->type ? take_tree(volume, joliet, ISO_NAMES_JOLIET) : status;
    if (fields.is_shared && fields.is_rock_ridge) {
        volume->names = ISO_NAMES_ROCK_RIDGE;
        volume->skip_bytes = fields.skip_bytes;
        return EFI_SUCCESS;
    }
    return joliet->type ? take_tree(volume, joliet, ISO_NAMES_JOLIET) : EFI_SUCCESS;
}

EFI_STATUS iso_volume_mount(struct iso_volume *volume, struct medium *medium)
{
    struct descriptor primary;
    struct descriptor joliet;
    EFI_STATUS status = read_descriptors(medium, &primary, &joliet);

    if (status != EFI_SUCCESS)
        return status;
    *volume = (struct iso_volume){.medium = medium};
    status = medium_cache_init(&volume->cache, medium);
    if (status != EFI_SUCCESS)
        return status;
    status = choose_tree(volume, &primary, &joliet);
    if (status != EFI_SUCCESS)
        medium_cache_free(&volume->cache);
    return status;
}

void iso_volume_unmount(struct iso_volume *volume)
{
    medium_cache_free(&volume->cache);
}
