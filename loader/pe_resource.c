#include "loader/pe_resource.h"

#include <stddef.h>

#include "loader/lib/string.h"

/* Levels of the tree: types, names, languages; what a language has is the resource. */
#define LEVELS 3

/* In an entry: `name` is the offset of a text, `target` that of a table; else a number, a leaf. */
#define IS_OFFSET 0x80000000u

struct table {
    uint32_t characteristics;
    uint32_t time;
    uint32_t version;
    uint16_t named_count; /* of the entries that follow, and of these with numbers */
    uint16_t numbered_count;
} __attribute__((packed));
_Static_assert(sizeof(struct table) == 16, "PE: resource directory table");

struct entry {
    uint32_t name;
    uint32_t target;
} __attribute__((packed));
_Static_assert(sizeof(struct entry) == 8, "PE: resource directory entry");

struct leaf {
    uint32_t rva;
    uint32_t bytes;
    uint32_t code_page;
    uint32_t reserved;
} __attribute__((packed));
_Static_assert(sizeof(struct leaf) == 16, "PE: resource data entry");

/* Offsets in the tree count from its first table. */
struct tree {
    const uint8_t *bytes;
    uint32_t size;
};

static bool read(const struct tree *tree, uint64_t offset, void *ret_to, size_t bytes)
{
    if (offset > tree->size || bytes > tree->size - offset)
        return false;
    memcpy(ret_to, tree->bytes + offset, bytes);
    return true;
}

/* Entry `index` of the table at `offset`; false behind the last one. */
static bool read_entry(const struct tree *tree, uint32_t offset, uint32_t index,
                       struct entry *ret_entry)
{
    struct table table;

    return read(tree, offset, &table, sizeof(table)) &&
           index < (uint32_t)table.named_count + table.numbered_count &&
           read(tree, offset + sizeof(table) + (uint64_t)index * sizeof(*ret_entry), ret_entry,
                sizeof(*ret_entry));
}

/* Texts are UTF-16 behind their length. */
static bool is_called(const struct tree *tree, const struct entry *entry, const char *name)
{
    uint32_t offset = entry->name & ~IS_OFFSET;
    uint16_t length;

    if (!(entry->name & IS_OFFSET) || !read(tree, offset, &length, sizeof(length)) ||
        length != strlen(name))
        return false;
    for (uint32_t i = 0; i < length; i++) {
        uint16_t unit;

        if (!read(tree, offset + (uint64_t)(i + 1) * sizeof(unit), &unit, sizeof(unit)) ||
            unit != (unsigned char)name[i])
            return false;
    }
    return true;
}

static bool find_type(const struct tree *tree, const char *type, struct entry *ret_entry)
{
    for (uint32_t i = 0; read_entry(tree, 0, i, ret_entry); i++)
        if (is_called(tree, ret_entry, type))
            return true;
    return false;
}

static bool find_leaf(const struct tree *tree, const char *type, struct leaf *ret_leaf)
{
    struct entry entry;

    if (!find_type(tree, type, &entry))
        return false;
    for (int level = 1; level < LEVELS && entry.target & IS_OFFSET; level++)
        if (!read_entry(tree, entry.target & ~IS_OFFSET, 0, &entry))
            return false;
    return !(entry.target & IS_OFFSET) && read(tree, entry.target, ret_leaf, sizeof(*ret_leaf));
}

bool pe_resource_find(const void *base, uint32_t image_bytes, uint32_t directory_rva,
                      uint32_t directory_bytes, const char *type, uint32_t *ret_rva,
                      uint32_t *ret_bytes)
{
    struct tree tree = {.size = directory_bytes};
    struct leaf leaf;

    if (directory_rva > image_bytes || directory_bytes > image_bytes - directory_rva)
        return false;
    tree.bytes = (const uint8_t *)base + directory_rva;
    if (!find_leaf(&tree, type, &leaf) || leaf.rva > image_bytes ||
        leaf.bytes > image_bytes - leaf.rva)
        return false;
    *ret_rva = leaf.rva;
    *ret_bytes = leaf.bytes;
    return true;
}
