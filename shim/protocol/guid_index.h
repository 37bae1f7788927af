/*
 * Finds things by the GUID that they are about; those of the same GUID are in the order of a
 * number. Takes time that grows with the logarithm of the number of things. Pure.
 */
#ifndef PVHEFI_SHIM_PROTOCOL_GUID_INDEX_H
#define PVHEFI_SHIM_PROTOCOL_GUID_INDEX_H

#include <stdint.h>

#include <efi.h>

#include "loader/lib/tree.h"

/* Lies inside the thing. */
struct guid_entry {
    struct tree_node node;
    EFI_GUID guid;
    uint64_t number;
};

int guid_index_compare(const void *key, const struct tree_node *node);

#define GUID_INDEX_EMPTY              \
    {                                 \
        .compare = guid_index_compare \
    }

/* No other entry of this GUID has this number. */
void guid_index_add(struct tree *index, struct guid_entry *entry, const EFI_GUID *guid,
                    uint64_t number);

/* The entry of `guid` with the lowest number that is not below `number`; NULL when there is none.
 */
struct guid_entry *guid_index_find(const struct tree *index, const EFI_GUID *guid, uint64_t number);

/* The next entry of the same GUID, NULL when there is none. */
struct guid_entry *guid_index_next(const struct guid_entry *entry);

#endif
