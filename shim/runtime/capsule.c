#include "shim/runtime/capsule.h"

#include <stdbool.h>
#include <stddef.h>

/* Both flags speak of what happens at or after a reset, so they make no sense without persistence.
 */
static bool flags_are_compatible(UINT32 flags)
{
    return (flags & CAPSULE_FLAGS_PERSIST_ACROSS_RESET) != 0 ||
           (flags & (CAPSULE_FLAGS_POPULATE_SYSTEM_TABLE | CAPSULE_FLAGS_INITIATE_RESET)) == 0;
}

static bool headers_are_valid(EFI_CAPSULE_HEADER **headers, UINTN count)
{
    if (headers == NULL || count == 0)
        return false;
    for (UINTN i = 0; i < count; i++)
        if (headers[i] == NULL || !flags_are_compatible(headers[i]->Flags))
            return false;
    return true;
}

EFI_STATUS EFIAPI capsule_update(EFI_CAPSULE_HEADER **headers, UINTN count,
                                 EFI_PHYSICAL_ADDRESS scatter_gather_list)
{
    (void)scatter_gather_list;
    return headers_are_valid(headers, count) ? EFI_UNSUPPORTED : EFI_INVALID_PARAMETER;
}

EFI_STATUS EFIAPI capsule_query_capabilities(EFI_CAPSULE_HEADER **headers, UINTN count,
                                             UINT64 *ret_maximum_size,
                                             EFI_RESET_TYPE *ret_reset_type)
{
    if (ret_maximum_size == NULL || ret_reset_type == NULL)
        return EFI_INVALID_PARAMETER;
    return headers_are_valid(headers, count) ? EFI_UNSUPPORTED : EFI_INVALID_PARAMETER;
}
