#include "shim/fat/fat_long_name.h"

#include "loader/lib/string.h"

#define PART_CHARS 13u
#define LAST_PART  0x40u
#define ORDER      0x1fu
#define PADDING    0xffffu

struct long_entry {
    uint8_t order;
    uint16_t text1[5];
    uint8_t attributes;
    uint8_t type;
    uint8_t checksum;
    uint16_t text2[6];
    uint16_t cluster;
    uint16_t text3[2];
} __attribute__((packed));
_Static_assert(sizeof(struct long_entry) == FAT_ENTRY_BYTES, "FAT specification section 7");

static void get_text(const struct long_entry *entry, CHAR16 *text)
{
    memcpy(text, entry->text1, sizeof(entry->text1));
    memcpy(text + 5, entry->text2, sizeof(entry->text2));
    memcpy(text + 11, entry->text3, sizeof(entry->text3));
}

static void set_text(struct long_entry *entry, const CHAR16 *text)
{
    memcpy(entry->text1, text, sizeof(entry->text1));
    memcpy(entry->text2, text + 5, sizeof(entry->text2));
    memcpy(entry->text3, text + 11, sizeof(entry->text3));
}

static bool begin(struct fat_long_name *name, const struct long_entry *entry, unsigned int order)
{
    name->parts = 0;
    if (!(entry->order & LAST_PART) || !order || order > FAT_LONG_NAME_PARTS_MAX)
        return false;
    name->parts = order;
    name->missing = order;
    name->checksum = entry->checksum;
    memset(name->text, 0, sizeof(name->text));
    return true;
}

void fat_long_name_take(struct fat_long_name *name, const struct fat_entry *part)
{
    struct long_entry entry;
    unsigned int order;
    CHAR16 text[PART_CHARS];
    size_t position;

    memcpy(&entry, part, sizeof(entry));
    order = entry.order & ORDER;
    if (!name->parts || !name->missing || entry.order != name->missing ||
        entry.checksum != name->checksum)
        if (!begin(name, &entry, order))
            return;
    name->missing = order - 1;
    get_text(&entry, text);
    position = (size_t)name->missing * PART_CHARS;
    for (size_t i = 0; i < PART_CHARS && position + i < FAT_NAME_CHARS_MAX; i++) {
        if (!text[i])
            break;
        name->text[position + i] = text[i];
    }
}

bool fat_long_name_belongs_to(const struct fat_long_name *name, const struct fat_entry *entry)
{
    return name->parts && !name->missing && name->text[0] &&
           name->checksum == fat_name_checksum(entry->name);
}

unsigned int fat_long_name_parts(const struct fat_name *name)
{
    return (unsigned int)((name->chars + PART_CHARS - 1) / PART_CHARS);
}

void fat_long_name_make(const struct fat_name *name, unsigned int index,
                        const uint8_t short_name[static FAT_SHORT_NAME_BYTES],
                        struct fat_entry *ret_part)
{
    unsigned int order = fat_long_name_parts(name) - index;
    size_t position = (size_t)(order - 1) * PART_CHARS;
    struct long_entry entry = {
        .order = (uint8_t)(order | (index ? 0 : LAST_PART)),
        .attributes = FAT_LONG_NAME,
        .checksum = fat_name_checksum(short_name),
    };
    CHAR16 text[PART_CHARS];

    for (size_t i = 0; i < PART_CHARS; i++)
        text[i] = position + i <= name->chars ? name->text[position + i] : PADDING;
    set_text(&entry, text);
    memcpy(ret_part, &entry, sizeof(entry));
}
