#include "shim/runtime/variable.h"

#include <stddef.h>

#include "shim/runtime/state.h"
#include "shim/runtime/variable_access.h"
#include "shim/runtime/x86/privileged.h"

#define ATTRIBUTES (EFI_VARIABLE_BOOTSERVICE_ACCESS | EFI_VARIABLE_RUNTIME_ACCESS)

static EFI_STATUS define(const struct variable_key *key, const void *data, uint32_t data_bytes)
{
    struct variable_store *store = runtime_state.variables;

    if (!variable_store_write(store, key, ATTRIBUTES, 0, data, data_bytes))
        return EFI_OUT_OF_RESOURCES;
    variable_store_find(store, key)->flags = VARIABLE_READ_ONLY;
    return EFI_SUCCESS;
}

EFI_STATUS variable_define(const CHAR16 *name, const EFI_GUID *vendor, const void *data,
                           uint32_t data_bytes)
{
    struct variable_key key;
    EFI_STATUS status;
    uint64_t flags;

    if (data_bytes == 0 || !variable_key_of(name, vendor, &key) ||
        data_bytes > variable_limit_bytes() - key.name_bytes)
        return EFI_INVALID_PARAMETER;

    flags = privileged_mask_interrupts();
    status = define(&key, data, data_bytes);
    privileged_restore_interrupts(flags);
    return status;
}
