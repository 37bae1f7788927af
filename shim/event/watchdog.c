#include "shim/event/watchdog.h"

#include <stddef.h>
#include <stdint.h>

#include "loader/lib/log.h"
#include "loader/machine.h"
#include "shim/event/event.h"
#include "shim/event/timer.h"

#define TICKS_PER_SECOND 10000000ull

static EFI_EVENT timer;

static void EFIAPI expired(EFI_EVENT event, void *context)
{
    (void)event;
    (void)context;
    log_err("watchdog: the boot program did not answer in time, the guest is restarted");
    machine_reboot();
}

EFI_STATUS watchdog_set(uint64_t seconds)
{
    EFI_STATUS status = EFI_SUCCESS;

    if (!timer)
        status =
            event_create(EVT_TIMER | EVT_NOTIFY_SIGNAL, TPL_NOTIFY, expired, NULL, NULL, &timer);
    if (status != EFI_SUCCESS)
        return EFI_DEVICE_ERROR;
    if (seconds > UINT64_MAX / TICKS_PER_SECOND)
        seconds = UINT64_MAX / TICKS_PER_SECOND;
    status =
        event_set_timer(timer, seconds ? TimerRelative : TimerCancel, seconds * TICKS_PER_SECOND);
    timer_update();
    return status;
}

static EFI_STATUS EFIAPI set_watchdog_timer(UINTN seconds, UINT64 code, UINTN data_bytes,
                                            CHAR16 *data)
{
    (void)code;
    (void)data_bytes;
    (void)data;
    return watchdog_set(seconds);
}

void watchdog_install(EFI_BOOT_SERVICES *table)
{
    table->SetWatchdogTimer = set_watchdog_timer;
}
