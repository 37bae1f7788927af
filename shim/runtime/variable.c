#include "shim/runtime/variable.h"

#include <stdbool.h>
#include <stddef.h>

#include "loader/lib/string.h"
#include "loader/utf16.h"
#include "shim/runtime/state.h"
#include "shim/runtime/variable_access.h"
#include "shim/runtime/variable_attributes.h"
#include "shim/runtime/x86/privileged.h"

static struct variable_record *find_visible(const CHAR16 *name, const EFI_GUID *vendor)
{
    struct variable_key key;
    struct variable_record *record = NULL;

    if (variable_key_of(name, vendor, &key))
        record = variable_store_find(runtime_state.variables, &key);
    return record != NULL && variable_is_visible(record) ? record : NULL;
}

void variable_start(void)
{
    runtime_state.variables = variable_store_create(runtime_state.parameters.variable_store,
                                                    runtime_state.parameters.variable_store_bytes);
}

static bool record_ends_with_boot(const struct variable_record *record)
{
    return (record->attributes & (EFI_VARIABLE_NON_VOLATILE | EFI_VARIABLE_RUNTIME_ACCESS)) == 0;
}

void variable_leave_boot(void)
{
    struct variable_store *store = runtime_state.variables;
    struct variable_record *record = NULL;
    struct variable_record *before = NULL;

    variable_store_hold(store, NULL);
    while ((record = variable_store_next(store, before)) != NULL) {
        if (record_ends_with_boot(record))
            variable_store_remove(store, record);
        else
            before = record;
    }
}

static EFI_STATUS record_read(const struct variable_record *record, UINT32 *ret_attributes,
                              UINTN *data_bytes, VOID *ret_data)
{
    UINTN available_bytes = *data_bytes;

    if (available_bytes >= record->data_bytes && ret_data == NULL)
        return EFI_INVALID_PARAMETER;
    *data_bytes = record->data_bytes;
    if (ret_attributes != NULL)
        *ret_attributes = record->attributes;
    if (available_bytes < record->data_bytes)
        return EFI_BUFFER_TOO_SMALL;
    memcpy(ret_data, variable_record_data(record), record->data_bytes);
    return EFI_SUCCESS;
}

EFI_STATUS EFIAPI variable_get(CHAR16 *name, EFI_GUID *vendor, UINT32 *ret_attributes,
                               UINTN *data_bytes, VOID *ret_data)
{
    const struct variable_record *record;
    EFI_STATUS status = EFI_NOT_FOUND;
    uint64_t flags;

    if (name == NULL || vendor == NULL || data_bytes == NULL)
        return EFI_INVALID_PARAMETER;

    flags = privileged_mask_interrupts();
    record = find_visible(name, vendor);
    if (record != NULL)
        status = record_read(record, ret_attributes, data_bytes, ret_data);
    privileged_restore_interrupts(flags);
    return status;
}

/* The next one that the caller may see, from NULL the first one. */
static const struct variable_record *next_visible(const struct variable_record *record)
{
    do {
        record = variable_store_next(runtime_state.variables, record);
    } while (record != NULL && !variable_is_visible(record));
    return record;
}

/* Where an enumeration goes on: NULL for the beginning. False: the name belongs to no variable. */
static bool find_place(const CHAR16 *name, const EFI_GUID *vendor,
                       const struct variable_record **ret_record)
{
    struct variable_key key;
    const struct variable_record *record = NULL;

    if (name[0] != 0) {
        if (variable_key_of(name, vendor, &key))
            record = variable_store_find(runtime_state.variables, &key);
        if (record == NULL || (record->attributes != 0 && !variable_is_visible(record)))
            return false;
    }
    *ret_record = record;
    return true;
}

static EFI_STATUS name_write(const struct variable_record *record, UINTN *name_bytes, CHAR16 *name,
                             EFI_GUID *vendor)
{
    UINTN available_bytes = *name_bytes;

    *name_bytes = record->name_bytes;
    if (available_bytes < record->name_bytes)
        return EFI_BUFFER_TOO_SMALL;
    memcpy(name, record->name, record->name_bytes);
    *vendor = record->vendor;
    variable_store_hold(runtime_state.variables, record);
    return EFI_SUCCESS;
}

static EFI_STATUS next_name(UINTN *name_bytes, CHAR16 *name, EFI_GUID *vendor)
{
    const struct variable_record *record;

    if (!find_place(name, vendor, &record))
        return EFI_INVALID_PARAMETER;
    record = next_visible(record);
    if (record == NULL) {
        variable_store_hold(runtime_state.variables, NULL);
        return EFI_NOT_FOUND;
    }
    return name_write(record, name_bytes, name, vendor);
}

EFI_STATUS EFIAPI variable_get_next_name(UINTN *name_bytes, CHAR16 *name, EFI_GUID *vendor)
{
    EFI_STATUS status;
    size_t capacity;
    uint64_t flags;

    if (name_bytes == NULL || name == NULL || vendor == NULL)
        return EFI_INVALID_PARAMETER;
    capacity = *name_bytes / sizeof(CHAR16);
    if (utf16_length(name, capacity) == capacity)
        return EFI_INVALID_PARAMETER;

    flags = privileged_mask_interrupts();
    status = next_name(name_bytes, name, vendor);
    privileged_restore_interrupts(flags);
    return status;
}

EFI_STATUS EFIAPI variable_query_info(UINT32 attributes, UINT64 *ret_storage_bytes,
                                      UINT64 *ret_remaining_bytes, UINT64 *ret_variable_bytes)
{
    const struct variable_store *store = runtime_state.variables;
    EFI_STATUS status = variable_attributes_check_query(attributes);

    if (ret_storage_bytes == NULL || ret_remaining_bytes == NULL || ret_variable_bytes == NULL)
        return EFI_INVALID_PARAMETER;
    if (EFI_ERROR(status))
        return status;
    if (runtime_state.at_runtime && (attributes & EFI_VARIABLE_RUNTIME_ACCESS) == 0)
        return EFI_INVALID_PARAMETER;

    *ret_storage_bytes = store->capacity_bytes;
    *ret_remaining_bytes = store->capacity_bytes - store->used_bytes;
    *ret_variable_bytes = variable_store_free_bytes(store);
    if (*ret_variable_bytes > variable_limit_bytes())
        *ret_variable_bytes = variable_limit_bytes();
    return EFI_SUCCESS;
}
