/* In which order notification functions run. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/events.h"
#include "tests/efi/conformance/fixture.h"

#define EVENTS 6

static char order[2 * EVENTS + 1];
static UINTN order_length;

static void EFIAPI note(EFI_EVENT event, void *letter)
{
    (void)event;
    if (order_length < sizeof(order) - 1)
        order[order_length++] = (char)(UINTN)letter;
    order[order_length] = 0;
}

static bool order_is(const char *wanted)
{
    UINTN i = 0;

    while (order[i] && order[i] == wanted[i])
        i++;
    return !order[i] && !wanted[i];
}

static EFI_EVENT events[EVENTS];

/* Events a, b, ... of these levels. */
static bool create(const EFI_TPL *levels, UINTN count)
{
    order_length = 0;
    order[0] = 0;
    for (UINTN i = 0; i < count; i++) {
        if (!need_status(boot->CreateEvent(EVT_NOTIFY_SIGNAL, levels[i], note,
                                           (void *)((UINTN)'a' + i), &events[i]),
                         "event"))
            return false;
    }
    return true;
}

static void close(UINTN count)
{
    for (UINTN i = 0; i < count; i++)
        boot->CloseEvent(events[i]);
}

static void signal(const char *letters)
{
    for (; *letters; letters++)
        boot->SignalEvent(events[*letters - 'a']);
}

static void first_come_first_served(void)
{
    static const EFI_TPL levels[] = {TPL_CALLBACK, TPL_CALLBACK, TPL_CALLBACK};

    topic("events.order", "7.1");
    if (!create(levels, COUNT_OF(levels)))
        return;
    boot->RaiseTPL(TPL_NOTIFY);
    signal("bcab");
    boot->RestoreTPL(TPL_APPLICATION);
    check("same-level", order_is("bca"), "functions of one level run as they were signalled");
    close(COUNT_OF(levels));
}

static void higher_levels_first(void)
{
    static const EFI_TPL levels[] = {TPL_CALLBACK, TPL_NOTIFY, TPL_CALLBACK, TPL_NOTIFY};

    topic("events.order", "7.1");
    if (!create(levels, COUNT_OF(levels)))
        return;
    boot->RaiseTPL(TPL_HIGH_LEVEL);
    signal("cadb");
    boot->RestoreTPL(TPL_APPLICATION);
    check("levels", order_is("dbca"), "those of a higher level run first");
    close(COUNT_OF(levels));
}

static void EFIAPI signal_others(EFI_EVENT event, void *letter)
{
    note(event, letter);
    signal("ba");
    note(event, letter);
}

/* c signals b (higher) and a (same level): b comes in between, a behind d, which was due before. */
static void signalled_by_functions(void)
{
    static const EFI_TPL levels[] = {TPL_CALLBACK, TPL_NOTIFY, TPL_CALLBACK, TPL_CALLBACK};

    topic("events.order", "7.1");
    if (!create(levels, COUNT_OF(levels)))
        return;
    boot->CloseEvent(events[2]);
    if (!need_status(boot->CreateEvent(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, signal_others,
                                       (void *)(UINTN)'c', &events[2]),
                     "event"))
        return;
    boot->RaiseTPL(TPL_NOTIFY);
    signal("cd");
    boot->RestoreTPL(TPL_APPLICATION);
    check("from-functions", order_is("cbcda"),
          "what a function signals interrupts it or waits, by its level");
    close(COUNT_OF(levels));
}

static void group_by_level(void)
{
    static const EFI_TPL levels[] = {TPL_CALLBACK, TPL_NOTIFY, TPL_CALLBACK, TPL_NOTIFY};

    topic("events.order", "7.1.2");
    order_length = 0;
    for (UINTN i = 0; i < COUNT_OF(levels); i++) {
        if (!need_status(boot->CreateEventEx(EVT_NOTIFY_SIGNAL, levels[i], note,
                                             (void *)((UINTN)'a' + i), &test_guids[0], &events[i]),
                         "event"))
            return;
    }
    signal("a");
    check("group",
          order_length == 4 && (order[0] == 'b' || order[0] == 'd') &&
              (order[1] == 'b' || order[1] == 'd') && order[0] != order[1],
          "of a group's functions those of a higher level run first");
    close(COUNT_OF(levels));
}

void events_order_tests(void)
{
    first_come_first_served();
    higher_levels_first();
    signalled_by_functions();
    group_by_level();
}
