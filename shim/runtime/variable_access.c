#include "shim/runtime/variable_access.h"

#include <stddef.h>

#include "loader/utf16.h"
#include "shim/runtime/state.h"

/*
 * Of one variable, name and data together: room for a revocation list (dbx is some 25 KB), which
 * shim mirrors to the OS. Less if the store is small.
 *
 * EFI_VARIABLE_NON_VOLATILE is accepted although the store lives only as long as the domain: the
 * attribute decides what an OS may write, and refusing it would leave boot entries and efivarfs
 * without use. Nothing else in the code treats such variables differently; persistence has to begin
 * where this store is written.
 */
#define VARIABLE_LIMIT_BYTES 32768u

uint32_t variable_limit_bytes(void)
{
    uint32_t capacity = runtime_state.variables->capacity_bytes;
    uint32_t overhead = (uint32_t)sizeof(struct variable_record);

    if (capacity < overhead)
        return 0;
    return capacity - overhead < VARIABLE_LIMIT_BYTES ? capacity - overhead : VARIABLE_LIMIT_BYTES;
}

bool variable_key_of(const CHAR16 *name, const EFI_GUID *vendor, struct variable_key *ret_key)
{
    size_t limit = variable_limit_bytes() / sizeof(CHAR16);
    size_t length = utf16_length(name, limit);

    if (length == limit)
        return false;
    ret_key->name = name;
    ret_key->name_bytes = (uint32_t)((length + 1) * sizeof(CHAR16));
    ret_key->vendor = vendor;
    return true;
}

bool variable_is_visible(const struct variable_record *record)
{
    uint32_t access =
        runtime_state.at_runtime ? EFI_VARIABLE_RUNTIME_ACCESS : EFI_VARIABLE_BOOTSERVICE_ACCESS;

    return (record->attributes & access) != 0;
}
