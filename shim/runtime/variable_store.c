#include "shim/runtime/variable_store.h"

#include <stddef.h>

#include "loader/lib/string.h"

#define NOTHING_HELD UINT32_MAX
#define RECORD_ALIGN 8u

_Static_assert(sizeof(struct variable_store) % RECORD_ALIGN == 0, "records are aligned");
_Static_assert(offsetof(struct variable_record, name) == 32, "no padding before the name");

/* For what a record has; 0 for what cannot be one because it exceeds 32 bits. */
static uint32_t record_bytes(uint32_t name_bytes, uint32_t data_bytes)
{
    uint64_t bytes = (uint64_t)sizeof(struct variable_record) + name_bytes + data_bytes;

    bytes = (bytes + RECORD_ALIGN - 1) & ~(uint64_t)(RECORD_ALIGN - 1);
    return bytes <= UINT32_MAX ? (uint32_t)bytes : 0;
}

static uint32_t record_bytes_of(const struct variable_record *record)
{
    return record_bytes(record->name_bytes, record->data_bytes);
}

static struct variable_record *record_at(struct variable_store *store, uint32_t offset)
{
    return (struct variable_record *)(store->records + offset);
}

static uint32_t offset_of(const struct variable_store *store, const struct variable_record *record)
{
    return (uint32_t)((const uint8_t *)record - store->records);
}

/* Makes the `old_bytes` at `offset` into `new_bytes`; what comes after moves, what gets free is
 * wiped. */
static void resize_at(struct variable_store *store, uint32_t offset, uint32_t old_bytes,
                      uint32_t new_bytes)
{
    uint32_t old_used = store->used_bytes;
    uint32_t tail = offset + old_bytes;

    memmove(store->records + offset + new_bytes, store->records + tail, old_used - tail);
    store->used_bytes = old_used - old_bytes + new_bytes;
    if (store->held_offset != NOTHING_HELD && store->held_offset >= tail)
        store->held_offset = store->held_offset - old_bytes + new_bytes;
    if (store->used_bytes < old_used)
        memset(store->records + store->used_bytes, 0, old_used - store->used_bytes);
}

struct variable_store *variable_store_create(void *buffer, uint32_t bytes)
{
    struct variable_store *store = buffer;

    store->capacity_bytes = (bytes - (uint32_t)sizeof(*store)) & ~(RECORD_ALIGN - 1);
    store->used_bytes = 0;
    store->held_offset = NOTHING_HELD;
    store->reserved = 0;
    return store;
}

static bool record_has_key(const struct variable_record *record, const struct variable_key *key)
{
    return record->name_bytes == key->name_bytes &&
           memcmp(&record->vendor, key->vendor, sizeof(record->vendor)) == 0 &&
           memcmp(record->name, key->name, key->name_bytes) == 0;
}

struct variable_record *variable_store_find(struct variable_store *store,
                                            const struct variable_key *key)
{
    struct variable_record *record = NULL;

    do {
        record = variable_store_next(store, record);
    } while (record != NULL && !record_has_key(record, key));
    return record;
}

struct variable_record *variable_store_next(struct variable_store *store,
                                            const struct variable_record *record)
{
    uint32_t offset = record == NULL ? 0 : offset_of(store, record) + record_bytes_of(record);

    return offset < store->used_bytes ? record_at(store, offset) : NULL;
}

static uint8_t *record_data(struct variable_record *record)
{
    return (uint8_t *)record->name + record->name_bytes;
}

const void *variable_record_data(const struct variable_record *record)
{
    return (const uint8_t *)record->name + record->name_bytes;
}

/* The caller has checked that it fits. */
static struct variable_record *record_append(struct variable_store *store,
                                             const struct variable_key *key)
{
    struct variable_record *record = record_at(store, store->used_bytes);

    resize_at(store, store->used_bytes, 0, record_bytes(key->name_bytes, 0));
    *record = (struct variable_record){.name_bytes = key->name_bytes, .vendor = *key->vendor};
    memcpy(record->name, key->name, key->name_bytes);
    return record;
}

bool variable_store_write(struct variable_store *store, const struct variable_key *key,
                          uint32_t attributes, uint32_t kept_bytes, const void *data,
                          uint32_t data_bytes)
{
    struct variable_record *record = variable_store_find(store, key);
    uint32_t old_bytes = record == NULL ? 0 : record_bytes_of(record);
    uint32_t new_bytes = 0;

    if (data_bytes <= UINT32_MAX - kept_bytes)
        new_bytes = record_bytes(key->name_bytes, kept_bytes + data_bytes);
    if (new_bytes == 0 || new_bytes > store->capacity_bytes - store->used_bytes + old_bytes)
        return false;

    if (record == NULL)
        record = record_append(store, key);
    resize_at(store, offset_of(store, record), record_bytes_of(record), new_bytes);
    record->attributes = attributes;
    record->data_bytes = kept_bytes + data_bytes;
    if (data_bytes > 0)
        memcpy(record_data(record) + kept_bytes, data, data_bytes);
    return true;
}

void variable_store_remove(struct variable_store *store, struct variable_record *record)
{
    uint32_t offset = offset_of(store, record);
    uint32_t old_bytes = record_bytes_of(record);

    if (offset != store->held_offset) {
        resize_at(store, offset, old_bytes, 0);
        return;
    }
    memset(record_data(record), 0, record->data_bytes);
    record->attributes = 0;
    record->data_bytes = 0;
    resize_at(store, offset, old_bytes, record_bytes_of(record));
}

void variable_store_hold(struct variable_store *store, const struct variable_record *record)
{
    uint32_t old = store->held_offset;

    store->held_offset = record == NULL ? NOTHING_HELD : offset_of(store, record);
    if (old != NOTHING_HELD && old != store->held_offset && record_at(store, old)->attributes == 0)
        resize_at(store, old, record_bytes_of(record_at(store, old)), 0);
}

uint32_t variable_store_free_bytes(const struct variable_store *store)
{
    uint32_t free_bytes = store->capacity_bytes - store->used_bytes;

    return free_bytes > sizeof(struct variable_record)
               ? free_bytes - (uint32_t)sizeof(struct variable_record)
               : 0;
}
