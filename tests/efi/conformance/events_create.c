/* CreateEvent and CreateEventEx: which types there are. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/events.h"
#include "tests/efi/conformance/fixture.h"

struct type {
    const char *name;
    UINT32 type;
};

static const struct type good_types[] = {
    {"plain", 0},
    {"timer", EVT_TIMER},
    {"wait", EVT_NOTIFY_WAIT},
    {"signal", EVT_NOTIFY_SIGNAL},
    {"timer-wait", EVT_TIMER | EVT_NOTIFY_WAIT},
    {"timer-signal", EVT_TIMER | EVT_NOTIFY_SIGNAL},
    {"exit-boot-services", EVT_SIGNAL_EXIT_BOOT_SERVICES},
    {"virtual-address-change", EVT_SIGNAL_VIRTUAL_ADDRESS_CHANGE},
};

static const struct type bad_types[] = {
    {"wait-and-signal", EVT_NOTIFY_WAIT | EVT_NOTIFY_SIGNAL},
    {"timer-wait-and-signal", EVT_TIMER | EVT_NOTIFY_WAIT | EVT_NOTIFY_SIGNAL},
    {"bit-0", 0x00000001},
    {"bit-4", 0x00000010},
    {"bit-10", 0x00000400},
    {"bit-28", 0x10000000},
    {"all-bits", 0xffffffff},
    {"signal-and-bit-2", EVT_NOTIFY_SIGNAL | 4},
};

static void EFIAPI do_nothing(EFI_EVENT event, void *context)
{
    (void)event;
    (void)context;
}

static EFI_STATUS create(UINT32 type, EFI_TPL level, EFI_EVENT_NOTIFY function)
{
    EFI_EVENT event = NULL;
    EFI_STATUS status = boot->CreateEvent(type, level, function, NULL, &event);

    if (status == EFI_SUCCESS)
        boot->CloseEvent(event);
    return status;
}

static EFI_STATUS create_in_group(UINT32 type, EFI_TPL level, EFI_EVENT_NOTIFY function,
                                  EFI_GUID *group)
{
    EFI_EVENT event = NULL;
    EFI_STATUS status = boot->CreateEventEx(type, level, function, NULL, group, &event);

    if (status == EFI_SUCCESS)
        boot->CloseEvent(event);
    return status;
}

static bool stands_for_a_group(UINT32 type)
{
    return type == EVT_SIGNAL_EXIT_BOOT_SERVICES || type == EVT_SIGNAL_VIRTUAL_ADDRESS_CHANGE;
}

static void types(void)
{
    topic("events.create", "7.1.1");
    for (UINTN i = 0; i < COUNT_OF(good_types); i++)
        check_status(good_types[i].name, create(good_types[i].type, TPL_CALLBACK, do_nothing),
                     EFI_SUCCESS, "an event of this type");
    for (UINTN i = 0; i < COUNT_OF(bad_types); i++)
        check_status(bad_types[i].name, create(bad_types[i].type, TPL_CALLBACK, do_nothing),
                     EFI_INVALID_PARAMETER, "there is no such type");
    topic("events.create-ex", "7.1.2");
    for (UINTN i = 0; i < COUNT_OF(good_types); i++)
        check_status(good_types[i].name,
                     create_in_group(good_types[i].type, TPL_CALLBACK, do_nothing, &test_guids[0]),
                     stands_for_a_group(good_types[i].type) ? EFI_INVALID_PARAMETER : EFI_SUCCESS,
                     "in a group; types that stand for one can be in no other");
    for (UINTN i = 0; i < COUNT_OF(bad_types); i++)
        check_status(bad_types[i].name,
                     create_in_group(bad_types[i].type, TPL_CALLBACK, do_nothing, &test_guids[0]),
                     EFI_INVALID_PARAMETER, "there is no such type");
    check_status("no-group", create_in_group(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, do_nothing, NULL),
                 EFI_SUCCESS, "an event may be in no group");
}

static void functions_and_levels(void)
{
    static const EFI_TPL bad_levels[] = {0, 1, TPL_HIGH_LEVEL + 1, 255, (EFI_TPL)-1};

    topic("events.create", "7.1.1");
    check_status("notify-level", create(EVT_NOTIFY_SIGNAL, TPL_NOTIFY, do_nothing), EFI_SUCCESS,
                 "functions may run at TPL_NOTIFY, too");
    check_status("signal-without-function", create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, NULL),
                 EFI_INVALID_PARAMETER, "a function that is to be called is a must");
    check_status("wait-without-function", create(EVT_NOTIFY_WAIT, TPL_CALLBACK, NULL),
                 EFI_INVALID_PARAMETER, "of either kind");
    for (UINTN i = 0; i < COUNT_OF(bad_levels); i++)
        check_status(numbered("bad-level-", i),
                     create(EVT_NOTIFY_SIGNAL, bad_levels[i], do_nothing), EFI_INVALID_PARAMETER,
                     "a level that no function runs at");
    check_status("ignored", create(EVT_TIMER, (EFI_TPL)-1, NULL), EFI_SUCCESS,
                 "without a notification level and function are ignored");
    check_status("no-result", boot->CreateEvent(0, 0, NULL, NULL, NULL), EFI_INVALID_PARAMETER,
                 "a place for the event is a must");
    topic("events.create-ex", "7.1.2");
    check_status("signal-without-function",
                 create_in_group(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, NULL, &test_guids[0]),
                 EFI_INVALID_PARAMETER, "a function that is to be called is a must");
    check_status("bad-level",
                 create_in_group(EVT_NOTIFY_SIGNAL, TPL_HIGH_LEVEL + 1, do_nothing, &test_guids[0]),
                 EFI_INVALID_PARAMETER, "a level that no function runs at");
    check_status("no-result", boot->CreateEventEx(0, 0, NULL, NULL, &test_guids[0], NULL),
                 EFI_INVALID_PARAMETER, "a place for the event is a must");
}

void events_create_tests(void)
{
    types();
    functions_and_levels();
}
