/* SetTimer (UEFI 2.10 section 7.1.7) on a clock that stands still until it is told to go on. */
#include <string.h>

#include "shim/event/event.h"
#include "shim/event/tpl.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/fake_tsc.h"
#include "tests/unit/isolated.h"

#define MS          1000000ull /* ns */
#define TRIGGER(ms) ((ms)*10000ull)
#define FIRMWARE_MS 10 /* the tick that a period of 0 means */

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
    fake_tsc.now_ns = 123 * MS;
    return 0;
}

static EFI_EVENT create(uint32_t type, EFI_EVENT_NOTIFY function)
{
    EFI_EVENT event = NULL;

    assert_int_equal(event_create(type, TPL_CALLBACK, function, NULL, NULL, &event), EFI_SUCCESS);
    return event;
}

static EFI_EVENT create_timer(EFI_TIMER_DELAY how, uint64_t trigger)
{
    EFI_EVENT event = create(EVT_TIMER | EVT_NOTIFY_SIGNAL, count_notification);

    assert_int_equal(event_set_timer(event, how, trigger), EFI_SUCCESS);
    return event;
}

static void pass_ns(uint64_t ns)
{
    fake_tsc.now_ns += ns;
    event_run_timers();
}

static void pass(uint64_t ms)
{
    pass_ns(ms * MS);
}

static void test_relative_timer_fires_once_when_it_is_due(void **state)
{
    (void)state;
    create_timer(TimerRelative, TRIGGER(5));
    pass_ns(5 * MS - 1);
    assert_int_equal(notified, 0);
    pass_ns(1);
    assert_int_equal(notified, 1);
    pass(100);
    assert_int_equal(notified, 1);
}

static void test_relative_timer_of_0_fires_at_the_next_tick(void **state)
{
    (void)state;
    create_timer(TimerRelative, 0);
    assert_int_equal(notified, 0);
    pass(0);
    assert_int_equal(notified, 1);
    pass(100);
    assert_int_equal(notified, 1);
}

static void test_unit_is_100_ns(void **state)
{
    (void)state;
    create_timer(TimerRelative, 1);
    pass_ns(99);
    assert_int_equal(notified, 0);
    pass_ns(1);
    assert_int_equal(notified, 1);
}

static void test_periodic_timer_fires_every_period(void **state)
{
    (void)state;
    create_timer(TimerPeriodic, TRIGGER(5));
    for (unsigned int ms = 1; ms <= 20; ms++) {
        pass(1);
        assert_int_equal(notified, ms / 5);
    }
}

static void test_late_periodic_timer_keeps_its_beat(void **state)
{
    (void)state;
    create_timer(TimerPeriodic, TRIGGER(10));
    pass(13);
    assert_int_equal(notified, 1);
    pass(6);
    assert_int_equal(notified, 1);
    pass(1);
    assert_int_equal(notified, 2);
}

static void test_missed_periods_are_one_notification(void **state)
{
    (void)state;
    create_timer(TimerPeriodic, TRIGGER(5));
    pass(1000);
    pass(0);
    assert_int_equal(notified, 1);
    pass(5);
    assert_int_equal(notified, 2);
}

static void test_period_that_ends_now_is_not_made_up_for(void **state)
{
    (void)state;
    create_timer(TimerPeriodic, TRIGGER(5));
    pass(10);
    pass(0);
    assert_int_equal(notified, 1);
    pass(5);
    assert_int_equal(notified, 2);
}

static void test_period_of_0_is_every_tick(void **state)
{
    (void)state;
    create_timer(TimerPeriodic, 0);
    for (unsigned int tick = 1; tick <= 3; tick++) {
        pass(FIRMWARE_MS);
        assert_int_equal(notified, tick);
    }
}

static void test_cancelled_timer_does_not_fire(void **state)
{
    EFI_EVENT event = create_timer(TimerPeriodic, TRIGGER(5));

    (void)state;
    pass(5);
    assert_int_equal(event_set_timer(event, TimerCancel, TRIGGER(5)), EFI_SUCCESS);
    pass(100);
    assert_int_equal(notified, 1);
}

static void test_new_setting_replaces_the_old_one(void **state)
{
    EFI_EVENT event = create_timer(TimerPeriodic, TRIGGER(5));

    (void)state;
    pass(3);
    assert_int_equal(event_set_timer(event, TimerRelative, TRIGGER(20)), EFI_SUCCESS);
    pass(19);
    assert_int_equal(notified, 0);
    pass(1);
    assert_int_equal(notified, 1);
    pass(100);
    assert_int_equal(notified, 1);
}

static void test_cancelling_keeps_a_signal(void **state)
{
    EFI_EVENT event = create(EVT_TIMER, NULL);

    (void)state;
    assert_int_equal(event_set_timer(event, TimerRelative, TRIGGER(5)), EFI_SUCCESS);
    pass(5);
    assert_int_equal(event_set_timer(event, TimerCancel, 0), EFI_SUCCESS);
    assert_int_equal(event_check(event), EFI_SUCCESS);
}

static void test_longest_delay_never_comes(void **state)
{
    static const uint64_t triggers[] = {UINT64_MAX, UINT64_MAX / 100, UINT64_MAX / 100 + 1};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        create_timer(TimerRelative, triggers[i]);
        create_timer(TimerPeriodic, triggers[i]);
    }
    pass(1ull << 40);
    assert_int_equal(notified, 0);
}

static void test_check_sees_a_timer_without_function(void **state)
{
    EFI_EVENT event = create(EVT_TIMER, NULL);

    (void)state;
    assert_int_equal(event_set_timer(event, TimerRelative, TRIGGER(5)), EFI_SUCCESS);
    assert_int_equal(event_check(event), EFI_NOT_READY);
    fake_tsc.now_ns += 5 * MS;
    assert_int_equal(event_check(event), EFI_SUCCESS);
    assert_int_equal(event_check(event), EFI_NOT_READY);
}

static void test_timer_waits_for_its_level(void **state)
{
    (void)state;
    create_timer(TimerRelative, TRIGGER(5));
    tpl_raise(TPL_CALLBACK);
    pass(5);
    assert_int_equal(notified, 0);
    assert_int_equal(tpl_current(), TPL_CALLBACK);
    tpl_restore(TPL_APPLICATION);
    assert_int_equal(notified, 1);
}

static void test_closed_timer_does_not_fire(void **state)
{
    EFI_EVENT event = create_timer(TimerPeriodic, TRIGGER(5));

    (void)state;
    assert_int_equal(event_close(event), EFI_SUCCESS);
    pass(100);
    assert_int_equal(notified, 0);
}

static void EFIAPI set_itself_again(EFI_EVENT event, void *context)
{
    count_notification(event, context);
    assert_int_equal(event_set_timer(event, TimerRelative, TRIGGER(7)), EFI_SUCCESS);
}

static void test_function_may_set_its_timer_again(void **state)
{
    EFI_EVENT event = create(EVT_TIMER | EVT_NOTIFY_SIGNAL, set_itself_again);

    (void)state;
    assert_int_equal(event_set_timer(event, TimerRelative, TRIGGER(5)), EFI_SUCCESS);
    pass(5);
    pass(6);
    assert_int_equal(notified, 1);
    pass(1);
    assert_int_equal(notified, 2);
}

static EFI_EVENT to_be_closed;

static void EFIAPI close_other(EFI_EVENT event, void *context)
{
    count_notification(event, context);
    event_close(to_be_closed);
    memset(to_be_closed, 1, 100); /* would look signalled */
}

static void test_timer_may_close_the_event_that_is_checked(void **state)
{
    EFI_EVENT timer = create(EVT_TIMER | EVT_NOTIFY_SIGNAL, close_other);

    (void)state;
    to_be_closed = create(0, NULL);
    assert_int_equal(event_set_timer(timer, TimerRelative, 0), EFI_SUCCESS);
    assert_int_equal(event_check(to_be_closed), EFI_INVALID_PARAMETER);
    assert_int_equal(notified, 1);
}

static void test_next_timer_is_the_earliest_that_is_set(void **state)
{
    EFI_EVENT event;

    (void)state;
    assert_int_equal(event_next_timer_ns(), UINT64_MAX);
    create_timer(TimerPeriodic, TRIGGER(50));
    event = create_timer(TimerRelative, TRIGGER(20));
    create_timer(TimerRelative, TRIGGER(30));
    assert_int_equal(event_next_timer_ns(), fake_tsc.now_ns + 20 * MS);
    event_set_timer(event, TimerCancel, 0);
    assert_int_equal(event_next_timer_ns(), fake_tsc.now_ns + 30 * MS);
    pass(30);
    assert_int_equal(event_next_timer_ns(), fake_tsc.now_ns + 20 * MS);
    pass(20);
    assert_int_equal(event_next_timer_ns(), fake_tsc.now_ns + 50 * MS);
}

static char fired[8];

static void EFIAPI write_letter(EFI_EVENT event, void *letter)
{
    (void)event;
    strncat(fired, letter, 1);
}

static void test_timers_fire_in_the_order_in_which_they_are_due(void **state)
{
    static const struct {
        const char *letter;
        uint64_t ms;
    } timers[] = {{"e", 30}, {"a", 10}, {"c", 20}, {"b", 15}, {"d", 20}};

    (void)state;
    for (size_t i = 0; i < sizeof(timers) / sizeof(timers[0]); i++) {
        EFI_EVENT event;

        assert_int_equal(event_create(EVT_TIMER | EVT_NOTIFY_SIGNAL, TPL_CALLBACK, write_letter,
                                      timers[i].letter, NULL, &event),
                         EFI_SUCCESS);
        event_set_timer(event, TimerRelative, TRIGGER(timers[i].ms));
    }
    pass(100);
    assert_string_equal(fired, "abcde");
}

static void test_the_longest_delays_are_never_due(void **state)
{
    (void)state;
    fake_tsc.now_ns = UINT64_MAX / 2;
    create_timer(TimerPeriodic, UINT64_MAX);
    create_timer(TimerRelative, UINT64_MAX);
    assert_int_equal(event_next_timer_ns(), UINT64_MAX);
    pass(1000);
    assert_int_equal(notified, 0);
}

static void test_timer_signals_the_group_of_its_event(void **state)
{
    static const EFI_GUID group = {.Data1 = 1};
    EFI_EVENT timer;
    EFI_EVENT member;

    (void)state;
    assert_int_equal(event_create(EVT_TIMER, 0, NULL, NULL, &group, &timer), EFI_SUCCESS);
    assert_int_equal(
        event_create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, count_notification, NULL, &group, &member),
        EFI_SUCCESS);
    assert_int_equal(event_set_timer(timer, TimerRelative, TRIGGER(5)), EFI_SUCCESS);
    pass(5);
    assert_int_equal(notified, 1);
}

static void test_only_timers_can_be_set(void **state)
{
    EFI_EVENT wild = &wild;

    (void)state;
    assert_int_equal(event_set_timer(create(0, NULL), TimerRelative, 1), EFI_INVALID_PARAMETER);
    assert_int_equal(event_set_timer(create(EVT_NOTIFY_SIGNAL, count_notification), TimerCancel, 0),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(event_set_timer(NULL, TimerCancel, 0), EFI_INVALID_PARAMETER);
    assert_int_equal(event_set_timer(wild, TimerCancel, 0), EFI_INVALID_PARAMETER);
}

static void test_unknown_kind_of_timer_is_refused(void **state)
{
    EFI_EVENT event = create_timer(TimerRelative, TRIGGER(5));

    (void)state;
    assert_int_equal(event_set_timer(event, TimerTypeMax, 0), EFI_INVALID_PARAMETER);
    assert_int_equal(event_set_timer(event, (EFI_TIMER_DELAY)-1, 0), EFI_INVALID_PARAMETER);
    pass(5);
    assert_int_equal(notified, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_relative_timer_fires_once_when_it_is_due, start),
        cmocka_unit_test_setup(test_relative_timer_of_0_fires_at_the_next_tick, start),
        cmocka_unit_test_setup(test_unit_is_100_ns, start),
        cmocka_unit_test_setup(test_periodic_timer_fires_every_period, start),
        cmocka_unit_test_setup(test_late_periodic_timer_keeps_its_beat, start),
        cmocka_unit_test_setup(test_missed_periods_are_one_notification, start),
        cmocka_unit_test_setup(test_period_that_ends_now_is_not_made_up_for, start),
        cmocka_unit_test_setup(test_period_of_0_is_every_tick, start),
        cmocka_unit_test_setup(test_cancelled_timer_does_not_fire, start),
        cmocka_unit_test_setup(test_new_setting_replaces_the_old_one, start),
        cmocka_unit_test_setup(test_cancelling_keeps_a_signal, start),
        cmocka_unit_test_setup(test_longest_delay_never_comes, start),
        cmocka_unit_test_setup(test_check_sees_a_timer_without_function, start),
        cmocka_unit_test_setup(test_timer_waits_for_its_level, start),
        cmocka_unit_test_setup(test_closed_timer_does_not_fire, start),
        cmocka_unit_test_setup(test_function_may_set_its_timer_again, start),
        cmocka_unit_test_setup(test_timer_may_close_the_event_that_is_checked, start),
        cmocka_unit_test_setup(test_next_timer_is_the_earliest_that_is_set, start),
        cmocka_unit_test_setup(test_timers_fire_in_the_order_in_which_they_are_due, start),
        cmocka_unit_test_setup(test_the_longest_delays_are_never_due, start),
        cmocka_unit_test_setup(test_timer_signals_the_group_of_its_event, start),
        cmocka_unit_test_setup(test_only_timers_can_be_set, start),
        cmocka_unit_test_setup(test_unknown_kind_of_timer_is_refused, start),
    };

    return isolated_run(tests);
}
