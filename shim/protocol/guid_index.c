#include "shim/protocol/guid_index.h"

#include "shim/guid.h"

struct guid_key {
    const EFI_GUID *guid;
    uint64_t number;
};

static struct guid_entry *entry_of(const struct tree_node *node)
{
    return node ? container_of(node, struct guid_entry, node) : NULL;
}

int guid_index_compare(const void *key, const struct tree_node *node)
{
    const struct guid_key *wanted = key;
    const struct guid_entry *entry = entry_of(node);
    int difference = guid_compare(wanted->guid, &entry->guid);

    return difference ? difference : tree_compare_numbers(wanted->number, entry->number);
}

void guid_index_add(struct tree *index, struct guid_entry *entry, const EFI_GUID *guid,
                    uint64_t number)
{
    const struct guid_key key = {.guid = guid, .number = number};

    entry->guid = *guid;
    entry->number = number;
    tree_insert(index, &entry->node, &key);
}

static struct guid_entry *if_of_guid(struct guid_entry *entry, const EFI_GUID *guid)
{
    return entry && guid_equal(&entry->guid, guid) ? entry : NULL;
}

struct guid_entry *guid_index_find(const struct tree *index, const EFI_GUID *guid, uint64_t number)
{
    const struct guid_key key = {.guid = guid, .number = number};

    return if_of_guid(entry_of(tree_find_from(index, &key)), guid);
}

struct guid_entry *guid_index_next(const struct guid_entry *entry)
{
    return if_of_guid(entry_of(tree_next(&entry->node)), &entry->guid);
}
