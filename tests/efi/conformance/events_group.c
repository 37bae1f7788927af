/* Event groups. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/events.h"
#include "tests/efi/conformance/fixture.h"

static UINT32 calls[3];

static void EFIAPI count_up(EFI_EVENT event, void *count)
{
    (void)event;
    ++*(UINT32 *)count;
}

static EFI_EVENT create(UINT32 type, EFI_TPL level, UINT32 *count, EFI_GUID *group)
{
    EFI_EVENT event = NULL;

    need_status(boot->CreateEventEx(type, level, count_up, count, group, &event), "event");
    return event;
}

static void close(EFI_EVENT *events, UINTN count)
{
    for (UINTN i = 0; i < count; i++)
        boot->CloseEvent(events[i]);
    boot->SetMem(calls, sizeof(calls), 0);
}

static void all_members(void)
{
    EFI_EVENT events[3] = {create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, &calls[0], &test_guids[0]),
                           create(EVT_NOTIFY_SIGNAL, TPL_NOTIFY, &calls[1], &test_guids[0]),
                           create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, &calls[2], &test_guids[1])};

    topic("events.group", "7.1.2");
    boot->SignalEvent(events[0]);
    check_number("signalled", calls[0], 1, "the event that is signalled is called");
    check_number("member", calls[1], 1, "and the other member of its group");
    check_number("other-group", calls[2], 0, "but nobody of another group");
    boot->SignalEvent(events[1]);
    check("again", calls[0] == 2 && calls[1] == 2, "each member signals the group");
    boot->CloseEvent(events[0]);
    boot->SignalEvent(events[1]);
    check_number("left", calls[1], 3, "a group outlives the members that left");
    events[0] = events[2];
    close(events, 2);
}

/* A group's members are signalled, whether they have functions or not. */
static void members_without_function(void)
{
    EFI_EVENT events[2] = {create(0, 0, NULL, &test_guids[0]),
                           create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, &calls[0], &test_guids[0])};

    topic("events.group", "7.1.2");
    boot->SignalEvent(events[1]);
    check_status("plain-member", boot->CheckEvent(events[0]), EFI_SUCCESS,
                 "a member without function is signalled");
    boot->SignalEvent(events[0]);
    check_number("by-plain-member", calls[0], 2, "and signals the group, too");
    close(events, 2);
}

static EFI_EVENT victim;

static void EFIAPI close_victim(EFI_EVENT event, void *context)
{
    (void)event;
    (void)context;
    if (victim)
        boot->CloseEvent(victim);
    victim = NULL;
}

/* The victim's function is due when it is closed, since it has the lower level. */
static void member_closed_meanwhile(void)
{
    EFI_EVENT event = NULL;

    topic("events.group", "7.1.2");
    victim = create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, &calls[0], &test_guids[0]);
    if (!need_status(boot->CreateEventEx(EVT_NOTIFY_SIGNAL, TPL_NOTIFY, close_victim, NULL,
                                         &test_guids[0], &event),
                     "event"))
        return;
    boot->SignalEvent(event);
    check_number("closed-meanwhile", calls[0], 0, "a member may close another one that is due");
    close(&event, 1);
}

static void timer_member(void)
{
    EFI_EVENT events[2] = {
        create(EVT_TIMER | EVT_NOTIFY_SIGNAL, TPL_CALLBACK, &calls[0], &test_guids[0]),
        create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, &calls[1], &test_guids[0])};

    topic("events.group", "7.1.2");
    boot->SetTimer(events[0], TimerRelative, 100000);
    boot->Stall(60000);
    check("timer-member", calls[0] == 1 && calls[1] == 1, "a member's timer signals the group");
    close(events, 2);
}

/* In a group of the specification's own, which a caller may signal as well. */
static void ready_to_boot(void)
{
    static EFI_GUID guid = {
        0x7ce88fb3, 0x4bd7, 0x4679, {0x87, 0xa8, 0xa8, 0xd8, 0xde, 0xe5, 0x0d, 0x2b}};
    EFI_EVENT event = create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, &calls[0], &guid);

    topic("events.group", "7.1.2");
    check_number("ready-to-boot-past", calls[0], 0, "what was signalled before is past");
    boot->SignalEvent(event);
    check_number("ready-to-boot", calls[0], 1, "a group of the specification's can be signalled");
    close(&event, 1);
}

static void memory_map_change(void)
{
    static EFI_GUID guid = {
        0x78bee926, 0x692f, 0x48fd, {0x9e, 0xdb, 0x01, 0x42, 0x2e, 0xf0, 0xd7, 0xab}};
    EFI_EVENT event = create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, &calls[0], &guid);
    UINT64 address;
    void *buffer;

    topic("events.memory-map-change", "7.1.2");
    calls[0] = 0;
    if (!need_status(boot->AllocatePages(AllocateAnyPages, EfiLoaderData, 1, &address), "page"))
        return;
    check("allocate-pages", calls[0] > 0, "AllocatePages changes the map");
    calls[0] = 0;
    boot->FreePages(address, 1);
    check("free-pages", calls[0] > 0, "FreePages does");
    calls[0] = 0;
    if (!need_status(boot->AllocatePool(EfiLoaderData, 1000000, &buffer), "buffer"))
        return;
    check("allocate-pool", calls[0] > 0, "AllocatePool does when it needs pages");
    calls[0] = 0;
    boot->FreePool(buffer);
    check("free-pool", calls[0] > 0, "FreePool when it gives them back");
    close(&event, 1);
}

void events_group_tests(void)
{
    all_members();
    members_without_function();
    member_closed_meanwhile();
    timer_member();
    ready_to_boot();
    memory_map_change();
}
