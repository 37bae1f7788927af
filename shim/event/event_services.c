#include "shim/event/event_services.h"

#include <stddef.h>

#include "loader/x86/interrupt.h"
#include "loader/x86/tsc.h"
#include "shim/event/event.h"
#include "shim/event/idle.h"
#include "shim/event/timer.h"
#include "shim/event/tpl.h"

/* Interrupts are off at TPL_HIGH_LEVEL and on below (UEFI 2.10 section 7.1.8). */
static EFI_TPL EFIAPI raise_tpl(EFI_TPL level)
{
    if (level >= TPL_HIGH_LEVEL && timer_is_running())
        interrupts_disable();
    return tpl_raise(level);
}

static void EFIAPI restore_tpl(EFI_TPL level)
{
    if (level < TPL_HIGH_LEVEL && tpl_current() >= TPL_HIGH_LEVEL && timer_is_running())
        interrupts_enable();
    event_run_timers();
    tpl_restore(level);
}

static EFI_STATUS EFIAPI create_event(UINT32 type, EFI_TPL level, EFI_EVENT_NOTIFY function,
                                      void *context, EFI_EVENT *event)
{
    return event_create(type, level, function, context, NULL, event);
}

/* The types that stand for a group by themselves are CreateEvent's only. */
static EFI_STATUS EFIAPI create_event_ex(UINT32 type, EFI_TPL level, EFI_EVENT_NOTIFY function,
                                         const void *context, const EFI_GUID *group,
                                         EFI_EVENT *event)
{
    if (type == EVT_SIGNAL_EXIT_BOOT_SERVICES || type == EVT_SIGNAL_VIRTUAL_ADDRESS_CHANGE)
        return EFI_INVALID_PARAMETER;
    return event_create(type, level, function, context, group, event);
}

static EFI_STATUS EFIAPI set_timer(EFI_EVENT event, EFI_TIMER_DELAY how, UINT64 trigger)
{
    EFI_STATUS status = event_set_timer(event, how, trigger);

    timer_update();
    return status;
}

static EFI_STATUS EFIAPI wait_for_event(UINTN count, EFI_EVENT *events, UINTN *index)
{
    uint64_t start;

    if (!count || !events || !index)
        return EFI_INVALID_PARAMETER;
    if (tpl_current() != TPL_APPLICATION)
        return EFI_UNSUPPORTED;
    start = tsc_now_ns();
    for (;;) {
        for (UINTN i = 0; i < count; i++) {
            EFI_STATUS status = event_check(events[i]);

            if (status != EFI_NOT_READY) {
                *index = i;
                return status;
            }
        }
        timer_idle(idle_pause_ns(tsc_now_ns() - start));
    }
}

static EFI_STATUS EFIAPI signal_event(EFI_EVENT event)
{
    return event_signal(event);
}

static EFI_STATUS EFIAPI close_event(EFI_EVENT event)
{
    return event_close(event);
}

static EFI_STATUS EFIAPI check_event(EFI_EVENT event)
{
    EFI_STATUS status = event_check(event);

    if (status == EFI_NOT_READY)
        idle_after_vain_poll(event);
    return status;
}

void event_services_install(EFI_BOOT_SERVICES *table)
{
    table->RaiseTPL = raise_tpl;
    table->RestoreTPL = restore_tpl;
    table->CreateEvent = create_event;
    table->CreateEventEx = create_event_ex;
    table->SetTimer = set_timer;
    table->WaitForEvent = wait_for_event;
    table->SignalEvent = signal_event;
    table->CloseEvent = close_event;
    table->CheckEvent = check_event;
}
