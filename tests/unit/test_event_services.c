/* What the boot services table adds to events: WaitForEvent, and the types of CreateEventEx. */
#include "shim/event/event_services.h"

#include "shim/event/tpl.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/fake_timer.h"
#include "tests/unit/fake_tsc.h"
#include "tests/unit/isolated.h"

#define MS          1000000ull /* ns */
#define TRIGGER(ms) ((ms)*10000ull)

static EFI_BOOT_SERVICES services;
static const EFI_GUID group = {.Data1 = 1};
static unsigned int notified;

static void EFIAPI count_notification(EFI_EVENT event, void *context)
{
    (void)event;
    (void)context;
    notified++;
}

static int start(void **state)
{
    fake_memory_setup(state);
    event_services_install(&services);
    return 0;
}

static EFI_EVENT create(UINT32 type, EFI_EVENT_NOTIFY function)
{
    EFI_EVENT event = NULL;

    assert_int_equal(services.CreateEvent(type, TPL_CALLBACK, function, NULL, &event), EFI_SUCCESS);
    return event;
}

static void test_wait_returns_the_first_event_that_is_signalled(void **state)
{
    EFI_EVENT events[3] = {create(0, NULL), create(0, NULL), create(0, NULL)};
    UINTN index = 9;

    (void)state;
    services.SignalEvent(events[2]);
    services.SignalEvent(events[1]);
    assert_int_equal(services.WaitForEvent(3, events, &index), EFI_SUCCESS);
    assert_int_equal(index, 1);
    assert_int_equal(services.WaitForEvent(3, events, &index), EFI_SUCCESS);
    assert_int_equal(index, 2);
    assert_int_equal(services.CheckEvent(events[1]), EFI_NOT_READY);
}

static void test_wait_idles_until_a_timer_fires(void **state)
{
    EFI_EVENT events[2] = {create(0, NULL), create(EVT_TIMER, NULL)};
    UINTN index = 9;

    (void)state;
    assert_int_equal(services.SetTimer(events[1], TimerRelative, TRIGGER(50)), EFI_SUCCESS);
    assert_int_equal(services.WaitForEvent(2, events, &index), EFI_SUCCESS);
    assert_int_equal(index, 1);
    assert_int_equal(fake_tsc.now_ns, 50 * MS);
    assert_int_equal(fake_timer.idles, 50);
}

static void test_set_timer_asks_for_an_interrupt(void **state)
{
    (void)state;
    services.SetTimer(create(EVT_TIMER, NULL), TimerRelative, TRIGGER(5));
    assert_int_equal(fake_timer.updates, 1);
}

static void test_wait_names_the_event_that_cannot_be_waited_for(void **state)
{
    EFI_EVENT events[2] = {create(0, NULL), create(EVT_NOTIFY_SIGNAL, count_notification)};
    UINTN index = 9;

    (void)state;
    assert_int_equal(services.WaitForEvent(2, events, &index), EFI_INVALID_PARAMETER);
    assert_int_equal(index, 1);
}

static void test_wait_needs_an_event(void **state)
{
    EFI_EVENT event = create(0, NULL);
    UINTN index = 9;

    (void)state;
    services.SignalEvent(event);
    assert_int_equal(services.WaitForEvent(0, &event, &index), EFI_INVALID_PARAMETER);
    assert_int_equal(services.CheckEvent(event), EFI_SUCCESS);
}

static void test_wait_is_for_applications_level_only(void **state)
{
    EFI_EVENT event = create(0, NULL);
    UINTN index = 9;

    (void)state;
    services.SignalEvent(event);
    assert_int_equal(services.RaiseTPL(TPL_CALLBACK), TPL_APPLICATION);
    assert_int_equal(services.WaitForEvent(1, &event, &index), EFI_UNSUPPORTED);
    services.RestoreTPL(TPL_APPLICATION);
    assert_int_equal(services.WaitForEvent(1, &event, &index), EFI_SUCCESS);
}

static void test_restoring_the_level_lets_timers_fire(void **state)
{
    EFI_EVENT event = create(EVT_TIMER | EVT_NOTIFY_SIGNAL, count_notification);

    (void)state;
    services.SetTimer(event, TimerRelative, TRIGGER(5));
    services.RaiseTPL(TPL_NOTIFY);
    fake_tsc.now_ns += 5 * MS;
    assert_int_equal(notified, 0);
    services.RestoreTPL(TPL_APPLICATION);
    assert_int_equal(notified, 1);
}

static void test_create_event_ex_without_group_is_create_event(void **state)
{
    EFI_EVENT event;

    (void)state;
    assert_int_equal(services.CreateEventEx(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, count_notification,
                                            NULL, NULL, &event),
                     EFI_SUCCESS);
    services.SignalEvent(event);
    assert_int_equal(notified, 1);
    assert_int_equal(services.CloseEvent(event), EFI_SUCCESS);
    assert_int_equal(services.CloseEvent(event), EFI_INVALID_PARAMETER);
}

static void test_create_event_ex_puts_into_the_group(void **state)
{
    EFI_EVENT events[2];

    (void)state;
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(services.CreateEventEx(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, count_notification,
                                                NULL, &group, &events[i]),
                         EFI_SUCCESS);
    services.SignalEvent(events[0]);
    assert_int_equal(notified, 2);
}

static void test_create_event_ex_has_no_types_that_are_groups(void **state)
{
    static const UINT32 types[] = {EVT_SIGNAL_EXIT_BOOT_SERVICES,
                                   EVT_SIGNAL_VIRTUAL_ADDRESS_CHANGE};
    EFI_EVENT event = NULL;

    (void)state;
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(
            services.CreateEventEx(types[i], TPL_NOTIFY, count_notification, NULL, &group, &event),
            EFI_INVALID_PARAMETER);
    assert_null(event);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_wait_returns_the_first_event_that_is_signalled, start),
        cmocka_unit_test_setup(test_wait_idles_until_a_timer_fires, start),
        cmocka_unit_test_setup(test_set_timer_asks_for_an_interrupt, start),
        cmocka_unit_test_setup(test_wait_names_the_event_that_cannot_be_waited_for, start),
        cmocka_unit_test_setup(test_wait_needs_an_event, start),
        cmocka_unit_test_setup(test_wait_is_for_applications_level_only, start),
        cmocka_unit_test_setup(test_restoring_the_level_lets_timers_fire, start),
        cmocka_unit_test_setup(test_create_event_ex_without_group_is_create_event, start),
        cmocka_unit_test_setup(test_create_event_ex_puts_into_the_group, start),
        cmocka_unit_test_setup(test_create_event_ex_has_no_types_that_are_groups, start),
    };

    return isolated_run(tests);
}
