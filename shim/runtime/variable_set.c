#include "shim/runtime/variable.h"

#include <stdbool.h>
#include <stddef.h>

#include "shim/runtime/defined_variables.h"
#include "shim/runtime/state.h"
#include "shim/runtime/variable_access.h"
#include "shim/runtime/variable_attributes.h"
#include "shim/runtime/x86/privileged.h"

/* What SetVariable was asked for, checked as far as that does not depend on what is stored. */
struct change {
    struct variable_key key;
    uint32_t attributes; /* without EFI_VARIABLE_APPEND_WRITE */
    uint32_t data_bytes;
    const void *data;
    bool appends;
    bool deletes;
};

/* A variable that nobody may access is none: such attributes delete it, and so does no data. */
static void change_classify(struct change *change, uint32_t attributes)
{
    change->attributes = attributes & ~(uint32_t)EFI_VARIABLE_APPEND_WRITE;
    change->appends = (attributes & EFI_VARIABLE_APPEND_WRITE) != 0;
    change->deletes =
        (attributes & VARIABLE_ACCESS) == 0 || (change->data_bytes == 0 && !change->appends);
}

/*
 * Attributes never change; at runtime only non-volatile variables with runtime access change at
 * all. The order of the answers is the one that edk2 gives.
 */
static EFI_STATUS change_check_existing(const struct change *change,
                                        const struct variable_record *record)
{
    if ((record->flags & VARIABLE_READ_ONLY) != 0)
        return EFI_WRITE_PROTECTED;
    if (runtime_state.at_runtime && !variable_is_visible(record))
        return EFI_WRITE_PROTECTED;
    if ((change->attributes & VARIABLE_ACCESS) != 0 && change->attributes != record->attributes)
        return EFI_INVALID_PARAMETER;
    if (runtime_state.at_runtime && (record->attributes & EFI_VARIABLE_NON_VOLATILE) == 0)
        return EFI_WRITE_PROTECTED;
    return EFI_SUCCESS;
}

static EFI_STATUS change_write(const struct change *change, uint32_t kept_bytes)
{
    uint32_t limit = variable_limit_bytes() - change->key.name_bytes;

    if (kept_bytes > limit || change->data_bytes > limit - kept_bytes)
        return EFI_INVALID_PARAMETER;
    if (!variable_store_write(runtime_state.variables, &change->key, change->attributes, kept_bytes,
                              change->data, change->data_bytes))
        return EFI_OUT_OF_RESOURCES;
    return EFI_SUCCESS;
}

static EFI_STATUS change_existing(const struct change *change, struct variable_record *record)
{
    EFI_STATUS status = change_check_existing(change, record);

    if (EFI_ERROR(status))
        return status;
    if (change->deletes) {
        variable_store_remove(runtime_state.variables, record);
        return EFI_SUCCESS;
    }
    return change_write(change, change->appends ? record->data_bytes : 0);
}

static EFI_STATUS change_create(const struct change *change)
{
    const uint32_t at_runtime = EFI_VARIABLE_NON_VOLATILE | EFI_VARIABLE_RUNTIME_ACCESS;

    if (change->deletes)
        return EFI_NOT_FOUND;
    if (change->data_bytes == 0)
        return EFI_SUCCESS; /* appends nothing to nothing */
    if (runtime_state.at_runtime && (change->attributes & at_runtime) != at_runtime)
        return EFI_INVALID_PARAMETER;
    return change_write(change, 0);
}

static EFI_STATUS change_apply(const struct change *change)
{
    struct variable_record *record = variable_store_find(runtime_state.variables, &change->key);

    if (!change->deletes && !defined_variables_allow(&change->key, change->attributes))
        return EFI_INVALID_PARAMETER;
    if (record != NULL && record->attributes != 0)
        return change_existing(change, record);
    return change_create(change);
}

EFI_STATUS EFIAPI variable_set(CHAR16 *name, EFI_GUID *vendor, UINT32 attributes, UINTN data_bytes,
                               VOID *data)
{
    struct change change = {.data = data};
    EFI_STATUS status;
    uint64_t flags;

    if (name == NULL || name[0] == 0 || vendor == NULL || (data_bytes != 0 && data == NULL))
        return EFI_INVALID_PARAMETER;
    status = variable_attributes_check_set(attributes);
    if (EFI_ERROR(status))
        return status;
    if (data_bytes > variable_limit_bytes() || !variable_key_of(name, vendor, &change.key))
        return EFI_INVALID_PARAMETER;
    change.data_bytes = (uint32_t)data_bytes;
    change_classify(&change, attributes);

    flags = privileged_mask_interrupts();
    status = change_apply(&change);
    privileged_restore_interrupts(flags);
    return status;
}
