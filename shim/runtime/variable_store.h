/*
 * Where variables are kept: records one after another in one buffer, in the order of their
 * creation. There are offsets inside and no pointers, so the buffer can be moved or mapped
 * elsewhere. Knows nothing of attributes but that 0 means deleted. Pure; boot and runtime phase.
 *
 * A pointer to a record is good until the next write, remove or hold.
 */
#ifndef PVHEFI_SHIM_RUNTIME_VARIABLE_STORE_H
#define PVHEFI_SHIM_RUNTIME_VARIABLE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include <efi.h>

struct variable_store {
    uint32_t capacity_bytes; /* of records */
    uint32_t used_bytes;
    uint32_t held_offset; /* of the held record; NOTHING_HELD in the .c */
    uint32_t reserved;
    uint8_t records[];
};

struct variable_record {
    uint32_t attributes; /* EFI_VARIABLE_*; 0: deleted, only its place is held */
    uint32_t name_bytes; /* including the NUL */
    uint32_t data_bytes;
    uint32_t flags; /* the owner's; 0 in a new record, kept when it is written again */
    EFI_GUID vendor;
    CHAR16 name[]; /* followed by the data */
};

struct variable_key {
    const CHAR16 *name;
    uint32_t name_bytes; /* including the NUL */
    const EFI_GUID *vendor;
};

/* An empty store in `buffer`, aligned to 8; `bytes` at least sizeof(struct variable_store). */
struct variable_store *variable_store_create(void *buffer, uint32_t bytes);

/* The record with this key, a deleted one that is still held included; NULL when there is none. */
struct variable_record *variable_store_find(struct variable_store *store,
                                            const struct variable_key *key);

/* The record after `record`, the first one after NULL; NULL at the end. */
struct variable_record *variable_store_next(struct variable_store *store,
                                            const struct variable_record *record);

const void *variable_record_data(const struct variable_record *record);

/*
 * Gives the record with this key the attributes and a new value: the first `kept_bytes` of its old
 * one (at most what it has), then `data`. Makes the record when there is none. False, and nothing
 * changed, when it does not fit.
 */
bool variable_store_write(struct variable_store *store, const struct variable_key *key,
                          uint32_t attributes, uint32_t kept_bytes, const void *data,
                          uint32_t data_bytes);

/* Deletes the record and wipes its value. If it is held, its key stays findable until another one
 * is held. */
void variable_store_remove(struct variable_store *store, struct variable_record *record);

/*
 * Holds the place of the record that an enumeration has reached, so that it can go on from there
 * even if the variable gets deleted meanwhile. Lets go of the one held before. NULL holds none.
 */
void variable_store_hold(struct variable_store *store, const struct variable_record *record);

/* The largest name plus data that a new record could have now; 0 also when there is no room for a
 * record. */
uint32_t variable_store_free_bytes(const struct variable_store *store);

#endif
