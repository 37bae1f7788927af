#include "shim/watchdog.h"

#include <stddef.h>
#include <stdint.h>

#include "loader/lib/log.h"
#include "loader/machine.h"
#include "shim/event.h"

#define TICKS_PER_SECOND 10000000ull

static EFI_EVENT timer;

static void EFIAPI expired(EFI_EVENT event, void *context)
{
    (void)event;
    (void)context;
    log_err("watchdog: the boot program did not answer in time, the guest is restarted");
    machine_reboot();
}

static EFI_STATUS EFIAPI set_watchdog_timer(UINTN seconds, UINT64 code, UINTN data_bytes,
                                            CHAR16 *data)
{
    EFI_STATUS status = EFI_SUCCESS;

    (void)code;
    (void)data_bytes;
    (void)data;
    if (!timer)
        status =
            event_create(EVT_TIMER | EVT_NOTIFY_SIGNAL, TPL_NOTIFY, expired, NULL, NULL, &timer);
    if (status != EFI_SUCCESS)
        return EFI_DEVICE_ERROR;
    if (!seconds)
        return event_set_timer(timer, TimerCancel, 0);
    if (seconds > UINT64_MAX / TICKS_PER_SECOND)
        seconds = UINT64_MAX / TICKS_PER_SECOND;
    return event_set_timer(timer, TimerRelative, seconds * TICKS_PER_SECOND);
}

void watchdog_install(EFI_BOOT_SERVICES *table)
{
    table->SetWatchdogTimer = set_watchdog_timer;
}
