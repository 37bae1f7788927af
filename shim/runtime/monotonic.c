#include "shim/runtime/monotonic.h"

#include <stddef.h>

#include "shim/runtime/clock.h"
#include "shim/runtime/state.h"
#include "shim/runtime/x86/privileged.h"

void monotonic_start(void)
{
    runtime_state.monotonic_count = clock_read_seconds() << 32;
}

EFI_STATUS EFIAPI monotonic_get_next_high(UINT32 *ret_high)
{
    uint64_t flags;

    if (ret_high == NULL)
        return EFI_INVALID_PARAMETER;

    flags = privileged_mask_interrupts();
    *ret_high = (UINT32)(runtime_state.monotonic_count >> 32) + 1;
    runtime_state.monotonic_count = (uint64_t)*ret_high << 32;
    privileged_restore_interrupts(flags);
    return EFI_SUCCESS;
}
