/* ExitBootServices itself: its map key, and the events that it signals. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/exit.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/memory_view.h"
#include "tests/efi/conformance/report.h"

#define TRACE_MAX 32

static EFI_GUID before_group = {
    0x8be0e274, 0x3970, 0x4b44, {0x80, 0xc5, 0x1a, 0xb9, 0x50, 0x2f, 0x3b, 0xfc}};
static EFI_GUID exit_group = {
    0x27abf055, 0xb1b8, 0x4c26, {0x80, 0x48, 0x74, 0x8f, 0x37, 0xba, 0xa2, 0xdf}};

static char trace[TRACE_MAX + 1];
static UINTN trace_length;
static UINT32 ticks;
static EFI_STATUS pool_status = EFI_NOT_STARTED;

static void EFIAPI note(EFI_EVENT event, void *letter)
{
    (void)event;
    if (trace_length < TRACE_MAX)
        trace[trace_length++] = (char)(UINTN)letter;
}

/* What is done here changes the memory map. */
static void EFIAPI note_before(EFI_EVENT event, void *letter)
{
    void *buffer;

    note(event, letter);
    pool_status = boot->AllocatePool(EfiLoaderData, 100000, &buffer);
}

static void EFIAPI tick(EFI_EVENT event, void *context)
{
    (void)event;
    (void)context;
    ticks++;
}

static bool trace_is(const char *expected)
{
    UINTN i = 0;

    while (i < trace_length && trace[i] == expected[i])
        i++;
    return i == trace_length && expected[i] == 0;
}

/* The lower level first, so that the order is not that of creation. */
static bool create_events(void)
{
    EFI_EVENT event;
    EFI_STATUS status = boot->CreateEventEx(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, note, (void *)'c',
                                            &exit_group, &event);

    if (status == EFI_SUCCESS)
        status =
            boot->CreateEvent(EVT_SIGNAL_EXIT_BOOT_SERVICES, TPL_NOTIFY, note, (void *)'n', &event);
    if (status == EFI_SUCCESS)
        status = boot->CreateEventEx(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, note_before, (void *)'b',
                                     &before_group, &event);
    if (status == EFI_SUCCESS)
        status = boot->CreateEvent(EVT_TIMER | EVT_NOTIFY_SIGNAL, TPL_CALLBACK, tick, NULL, &event);
    if (status == EFI_SUCCESS)
        status = boot->SetTimer(event, TimerPeriodic, 100000);
    return need_status(status, "events");
}

static EFI_STATUS leave(UINTN key)
{
    return boot->ExitBootServices(program_image, key);
}

/* Until a map is read whose key is the current one: who handles events may change it. */
static EFI_STATUS leave_with_new_key(void)
{
    EFI_STATUS status = EFI_INVALID_PARAMETER;

    for (unsigned int i = 0; i < 5 && status == EFI_INVALID_PARAMETER; i++) {
        const struct memory_view *view = memory_view_read();

        if (!view)
            return EFI_DEVICE_ERROR;
        status = leave(view->key);
    }
    return status;
}

static void stale_key(void)
{
    const struct memory_view *view = memory_view_read();
    UINTN key = view ? view->key : 0;
    UINT64 page = 0;
    EFI_STATUS status;

    boot->AllocatePages(AllocateAnyPages, EfiLoaderData, 1, &page);
    status = leave(key);
    topic("exit.stale-key", "7.4.6");
    check_status("refused", status, EFI_INVALID_PARAMETER, "a map that is not the current one");
    check("no-exit-events", trace_is("b") || trace_is(""), "nobody was told of the exit");
    topic("exit.before", "7.4.6");
    check("signalled", trace_is("b"), "but of what comes before it");
    check_status("allocates", pool_status, EFI_SUCCESS, "whoever is told may allocate memory");
    topic("exit.stale-key", "7.4.6");
    check("map", memory_view_read() != NULL, "the memory map can be read again");
    check_status("allocate", boot->AllocatePages(AllocateAnyPages, EfiLoaderData, 1, &page),
                 EFI_SUCCESS, "memory can be allocated");
}

static UINTN count_of(char letter)
{
    UINTN count = 0;

    for (UINTN i = 0; i < trace_length; i++)
        count += trace[i] == letter;
    return count;
}

static void events(void)
{
    topic("exit.before", "7.4.6");
    check_number("once", count_of('b'), 1, "once, whatever ExitBootServices answered");
    topic("exit.events", "7.4.6");
    check("each-once", count_of('n') == 1 && count_of('c') == 1, "every event is signalled once");
    topic("exit.events", "7.1");
    check("order", trace_length >= 2 && trace[trace_length - 2] == 'n', "the higher level first");
}

/* A counter's worth of a tenth of a second at least, and much more on most processors. */
static void no_timer(void)
{
    UINT32 before = *(volatile UINT32 *)&ticks;

    for (volatile UINTN i = 0; i < 30000000; i++)
        ;
    topic("exit.events", "7.4.6");
    check_number("no-timer", *(volatile UINT32 *)&ticks - before, 0, "timers are stopped");
}

void exit_leave_tests(void)
{
    EFI_STATUS status;

    topic("exit", "7.4.6");
    if (!create_events())
        return;
    report_leave_boot();
    stale_key();
    status = leave_with_new_key();
    topic("exit", "7.4.6");
    check_status("leave", status, EFI_SUCCESS, "with the current map boot services end");
    events();
    no_timer();
    /* Whatever the firmware left: nobody handles interrupts from now on. */
    __asm__ volatile("cli");
}
