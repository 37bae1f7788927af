/* RaiseTPL and RestoreTPL. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/events.h"
#include "tests/efi/conformance/fixture.h"

static bool interrupts_are_enabled(void)
{
    UINTN flags;

    __asm__ volatile("pushfq; popq %0" : "=r"(flags));
    return flags & 0x200;
}

static void levels(void)
{
    topic("events.raise-tpl", "7.1.8");
    check_number("application", boot->RaiseTPL(TPL_CALLBACK), TPL_APPLICATION,
                 "programs begin at TPL_APPLICATION");
    check_number("callback", boot->RaiseTPL(TPL_NOTIFY), TPL_CALLBACK,
                 "the level before is returned");
    check_number("notify", boot->RaiseTPL(TPL_HIGH_LEVEL), TPL_NOTIFY, "at every level");
    check("interrupts", !interrupts_are_enabled(), "interrupts are off at TPL_HIGH_LEVEL");
    boot->RestoreTPL(TPL_NOTIFY);
    check_number("restored", boot->RaiseTPL(TPL_NOTIFY), TPL_NOTIFY, "RestoreTPL goes back");
    boot->RestoreTPL(TPL_APPLICATION);
    check_number("restored-far", boot->RaiseTPL(TPL_APPLICATION), TPL_APPLICATION,
                 "over several levels at once");
}

static void restore_runs_what_is_above(void)
{
    UINT32 low = 0;
    UINT32 high = 0;
    EFI_EVENT events[2] = {counting_event(TPL_CALLBACK, &low), counting_event(TPL_NOTIFY, &high)};

    topic("events.restore-tpl", "7.1.9");
    if (!events[1])
        return;
    boot->RaiseTPL(TPL_HIGH_LEVEL);
    boot->SignalEvent(events[0]);
    boot->SignalEvent(events[1]);
    check("held", !low && !high, "at TPL_HIGH_LEVEL nothing runs");
    boot->RestoreTPL(TPL_NOTIFY);
    check("notify", !low && !high, "at TPL_NOTIFY nothing of that level or below");
    boot->RestoreTPL(TPL_CALLBACK);
    check("callback", !low && high == 1, "at TPL_CALLBACK what is above it");
    boot->RestoreTPL(TPL_APPLICATION);
    check("application", low == 1 && high == 1, "at TPL_APPLICATION all of it, once");
    boot->CloseEvent(events[0]);
    boot->CloseEvent(events[1]);
}

static void same_level(void)
{
    UINT32 calls = 0;
    EFI_EVENT event = counting_event(TPL_CALLBACK, &calls);
    EFI_TPL level;

    topic("events.restore-tpl", "7.1.9");
    if (!event)
        return;
    level = boot->RaiseTPL(TPL_CALLBACK);
    boot->SignalEvent(event);
    boot->RaiseTPL(TPL_CALLBACK);
    boot->RestoreTPL(TPL_CALLBACK);
    check_number("same-level", calls, 0, "restoring the same level runs nothing of it");
    boot->RestoreTPL(level);
    check_number("same-level-left", calls, 1, "leaving it does");
    boot->CloseEvent(event);
}

void events_tpl_tests(void)
{
    levels();
    restore_runs_what_is_above();
    same_level();
}
