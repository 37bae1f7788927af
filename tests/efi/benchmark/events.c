/* Events: lonely ones, those of groups, timers, and those that wait for protocols. */
#include "tests/efi/benchmark/kinds.h"
#include "tests/efi/conformance/check.h"

/* Later than the program's end. */
#define FAR 1000000000000ull

static UINTN notified;
static UINT64 interface;

static void EFIAPI count(EFI_EVENT event, void *context)
{
    (void)event;
    (void)context;
    notified++;
}

static EFI_STATUS create(UINTN index)
{
    return boot->CreateEvent(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, count, NULL, &objects[index]);
}

static EFI_STATUS create_in_group(UINTN index)
{
    return boot->CreateEventEx(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, count, NULL, guid_of(index),
                               &objects[index]);
}

static EFI_STATUS set_timer(UINTN index)
{
    return boot->SetTimer(objects[index], TimerRelative, FAR + index * 7919 % OBJECTS_MAX);
}

static EFI_STATUS create_timer(UINTN index)
{
    EFI_STATUS status = boot->CreateEvent(EVT_TIMER | EVT_NOTIFY_SIGNAL, TPL_CALLBACK, count, NULL,
                                          &objects[index]);

    return EFI_ERROR(status) ? status : set_timer(index);
}

static EFI_STATUS create_registered(UINTN index)
{
    EFI_STATUS status = create(index);
    void *registration;

    return EFI_ERROR(status)
               ? status
               : boot->RegisterProtocolNotify(guid_of(index), objects[index], &registration);
}

static EFI_STATUS close(UINTN index)
{
    return boot->CloseEvent(objects[index]);
}

static EFI_STATUS signal(UINTN index)
{
    UINTN before = notified;
    EFI_STATUS status = boot->SignalEvent(objects[index]);

    return status == EFI_SUCCESS && notified != before + 1 ? EFI_NOT_READY : status;
}

/* An event that is notified when signalled cannot be asked, but that has to be found out. */
static EFI_STATUS check_event(UINTN index)
{
    EFI_STATUS status = boot->CheckEvent(objects[index]);

    return status == EFI_INVALID_PARAMETER ? EFI_SUCCESS : EFI_PROTOCOL_ERROR;
}

static EFI_STATUS raise_and_restore(UINTN index)
{
    (void)index;
    boot->RestoreTPL(boot->RaiseTPL(TPL_NOTIFY));
    return EFI_SUCCESS;
}

static EFI_STATUS install_awaited(UINTN index)
{
    UINTN before = notified;
    EFI_HANDLE handle = NULL;
    EFI_STATUS status =
        boot->InstallProtocolInterface(&handle, guid_of(index), EFI_NATIVE_INTERFACE, &interface);

    if (!EFI_ERROR(status))
        status = boot->UninstallProtocolInterface(handle, guid_of(index), &interface);
    return status == EFI_SUCCESS && notified != before + 1 ? EFI_NOT_READY : status;
}

static const struct operation events_others[] = {
    {"SignalEvent", signal},
    {"CheckEvent", check_event},
    {0},
};

static const struct operation groups_others[] = {
    {"SignalEvent", signal},
    {0},
};

static const struct operation timers_others[] = {
    {"SetTimer", set_timer},
    {"RaiseTPL, RestoreTPL", raise_and_restore},
    {0},
};

static const struct operation registrations_others[] = {
    {"InstallProtocolInterface, Uninstall", install_awaited},
    {0},
};

const struct series events_series = {
    .name = "events",
    .add = {"CreateEvent", create},
    .remove = {"CloseEvent", close},
    .others = events_others,
};

const struct series groups_series = {
    .name = "groups",
    .add = {"CreateEventEx", create_in_group},
    .remove = {"CloseEvent", close},
    .others = groups_others,
};

const struct series timers_series = {
    .name = "timers",
    .add = {"CreateEvent, SetTimer", create_timer},
    .remove = {"CloseEvent", close},
    .others = timers_others,
};

const struct series registrations_series = {
    .name = "registrations",
    .add = {"CreateEvent, RegisterProtocolNotify", create_registered},
    .remove = {"CloseEvent", close},
    .others = registrations_others,
};
