#include "shim/runtime/variable_attributes.h"

#include <stdbool.h>

#define AUTHENTICATED                                     \
    (EFI_VARIABLE_AUTHENTICATED_WRITE_ACCESS |            \
     EFI_VARIABLE_TIME_BASED_AUTHENTICATED_WRITE_ACCESS | \
     EFI_VARIABLE_ENHANCED_AUTHENTICATED_ACCESS)

#define DEFINED                                                                         \
    (EFI_VARIABLE_NON_VOLATILE | VARIABLE_ACCESS | EFI_VARIABLE_HARDWARE_ERROR_RECORD | \
     AUTHENTICATED | EFI_VARIABLE_APPEND_WRITE)

#define BOTH_NEW_KINDS                                    \
    (EFI_VARIABLE_TIME_BASED_AUTHENTICATED_WRITE_ACCESS | \
     EFI_VARIABLE_ENHANCED_AUTHENTICATED_ACCESS)

/*
 * "Non-volatile" alone names no access, which elsewhere means deletion; edk2 and U-Boot take it for
 * a mistake, and so do clients that test for it.
 */
static bool combination_is_invalid(uint32_t attributes)
{
    return (attributes & VARIABLE_ACCESS) == EFI_VARIABLE_RUNTIME_ACCESS ||
           attributes == EFI_VARIABLE_NON_VOLATILE ||
           (attributes & BOTH_NEW_KINDS) == BOTH_NEW_KINDS;
}

/*
 * Hardware error records need storage that outlives the machine's reset (8.2.4); without it there
 * is no HwErrRecSupport variable and such a variable cannot be made.
 */
EFI_STATUS variable_attributes_check_set(uint32_t attributes)
{
    if ((attributes & ~DEFINED) != 0)
        return EFI_INVALID_PARAMETER;
    if ((attributes & EFI_VARIABLE_AUTHENTICATED_WRITE_ACCESS) != 0)
        return EFI_UNSUPPORTED;
    if (combination_is_invalid(attributes) ||
        (attributes & EFI_VARIABLE_HARDWARE_ERROR_RECORD) != 0)
        return EFI_INVALID_PARAMETER;
    return (attributes & AUTHENTICATED) != 0 ? EFI_UNSUPPORTED : EFI_SUCCESS;
}

/* A variable without boot access cannot exist, so there is nothing to say about its storage. */
EFI_STATUS variable_attributes_check_query(uint32_t attributes)
{
    if (attributes == 0)
        return EFI_INVALID_PARAMETER;
    if ((attributes & (~DEFINED | EFI_VARIABLE_AUTHENTICATED_WRITE_ACCESS)) != 0)
        return EFI_UNSUPPORTED;
    if ((attributes & EFI_VARIABLE_BOOTSERVICE_ACCESS) == 0 || combination_is_invalid(attributes))
        return EFI_INVALID_PARAMETER;
    if ((attributes & (AUTHENTICATED | EFI_VARIABLE_HARDWARE_ERROR_RECORD)) != 0)
        return EFI_UNSUPPORTED;
    return EFI_SUCCESS;
}
