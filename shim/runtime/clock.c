#include "shim/runtime/clock.h"

#include <stddef.h>

#include "loader/x86/cpu.h"
#include "shim/runtime/calendar.h"
#include "shim/runtime/state.h"
#include "shim/runtime/x86/privileged.h"

/* In 1e-6 ppm: the 50 ppm that a clock crystal of a PC is commonly taken for. */
#define CLOCK_ACCURACY 50000000u

bool clock_is_known(void)
{
    return runtime_state.parameters.wall_clock.multiplier != 0;
}

static bool clock_was_left_behind(void)
{
    const struct runtime_incarnation *incarnation = &runtime_state.parameters.incarnation;

    return incarnation->leaf != 0 && privileged_cpuid_edx(incarnation->leaf) != incarnation->count;
}

static uint64_t read_ns(void)
{
    return tsc_clock_ns(&runtime_state.parameters.wall_clock, rdtsc());
}

uint64_t clock_read_seconds(void)
{
    return clock_is_known() ? read_ns() / CALENDAR_NS_PER_SECOND : 0;
}

EFI_STATUS EFIAPI clock_get_time(EFI_TIME *ret_time, EFI_TIME_CAPABILITIES *ret_capabilities)
{
    if (ret_time == NULL)
        return EFI_INVALID_PARAMETER;
    if (!clock_is_known())
        return EFI_UNSUPPORTED;
    if (clock_was_left_behind())
        return EFI_DEVICE_ERROR;

    *ret_time = calendar_from_unix_ns(read_ns());
    if (ret_capabilities != NULL) {
        ret_capabilities->Resolution = (UINT32)CALENDAR_NS_PER_SECOND;
        ret_capabilities->Accuracy = CLOCK_ACCURACY;
        ret_capabilities->SetsToZero = FALSE;
    }
    return EFI_SUCCESS;
}

EFI_STATUS EFIAPI clock_set_time(EFI_TIME *time)
{
    if (time == NULL || !calendar_is_valid(time))
        return EFI_INVALID_PARAMETER;
    return EFI_UNSUPPORTED;
}

EFI_STATUS EFIAPI clock_get_wakeup_time(BOOLEAN *ret_enabled, BOOLEAN *ret_pending,
                                        EFI_TIME *ret_time)
{
    if (ret_enabled == NULL || ret_pending == NULL || ret_time == NULL)
        return EFI_INVALID_PARAMETER;
    return EFI_UNSUPPORTED;
}

EFI_STATUS EFIAPI clock_set_wakeup_time(BOOLEAN enable, EFI_TIME *time)
{
    if (enable && (time == NULL || !calendar_is_valid(time)))
        return EFI_INVALID_PARAMETER;
    return EFI_UNSUPPORTED;
}
