/* The interrupts that drive timer events, on a CPU that the test can stop. */
#include "shim/event/timer.h"

#include "loader/terminal.h"
#include "loader/x86/layout.h"
#include "shim/event/event.h"
#include "shim/runtime_image.h"
#include "tests/unit/fake_interrupts.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/fake_tsc.h"
#include "tests/unit/isolated.h"

#define MS          1000000ull /* ns */
#define TRIGGER(ms) ((ms)*10000ull)
#define SOON_NS     100000u
#define POLL_NS     (10 * MS)
#define START_NS    (123 * MS)
#define RUNTIME     0x7000000u

/* The firmware's text: layout.h's symbols in their order. */
__asm__(".pushsection .rodata\n"
        ".globl firmware_start, firmware_text_end\n"
        "firmware_start: .skip 16\n"
        "firmware_text_end: .byte 0\n"
        ".popsection");

/* Xen's way to sleep: until `deadline_ns`, when somebody can be woken in it. */
static struct {
    bool wakes;
    unsigned int waits;
    uint64_t deadline_ns;
    uint64_t apic_due_ns;
    bool interruptible;
} terminal;

static unsigned int notified;

bool terminal_wait(uint64_t deadline_ns)
{
    if (!terminal.wakes)
        return false;
    terminal.waits++;
    terminal.deadline_ns = deadline_ns;
    terminal.apic_due_ns = fake_interrupts.due_ns;
    terminal.interruptible = fake_interrupts.enabled;
    fake_tsc.now_ns = deadline_ns;
    return true;
}

struct runtime_layout runtime_image_layout(void)
{
    return (struct runtime_layout){.start = RUNTIME, .end = RUNTIME + 0x1000};
}

static void EFIAPI count_notification(EFI_EVENT event, void *context)
{
    (void)event;
    (void)context;
    notified++;
}

static int start(void **state)
{
    fake_memory_setup(state);
    fake_tsc.now_ns = START_NS;
    return 0;
}

/* As SetTimer does it. */
static void set(EFI_EVENT event, EFI_TIMER_DELAY how, uint64_t trigger)
{
    assert_int_equal(event_set_timer(event, how, trigger), EFI_SUCCESS);
    timer_update();
}

static EFI_EVENT create_timer(EFI_TIMER_DELAY how, uint64_t trigger)
{
    EFI_EVENT event = NULL;

    assert_int_equal(event_create(EVT_TIMER | EVT_NOTIFY_SIGNAL, TPL_CALLBACK, count_notification,
                                  NULL, NULL, &event),
                     EFI_SUCCESS);
    set(event, how, trigger);
    return event;
}

static void test_without_timers_no_interrupt_is_wanted(void **state)
{
    (void)state;
    timer_update();
    assert_false(timer_is_running());
    assert_false(fake_interrupts.enabled);
    assert_int_equal(fake_interrupts.opened, 0);
}

static void test_first_timer_switches_interrupts_on(void **state)
{
    (void)state;
    create_timer(TimerRelative, TRIGGER(5));
    assert_true(timer_is_running());
    assert_true(fake_interrupts.enabled);
    assert_int_equal(fake_interrupts.due_ns, START_NS + 5 * MS);
    create_timer(TimerRelative, TRIGGER(7));
    assert_int_equal(fake_interrupts.opened, 1);
}

static void test_program_that_calls_nothing_is_notified(void **state)
{
    (void)state;
    create_timer(TimerRelative, TRIGGER(5));
    fake_interrupts_pass(5 * MS - 1);
    assert_int_equal(notified, 0);
    fake_interrupts_pass(1);
    assert_int_equal(notified, 1);
    assert_int_equal(fake_interrupts.ended, 1);
    assert_int_equal(fake_interrupts.due_ns, UINT64_MAX);
    assert_true(fake_interrupts.enabled);
}

static void test_periodic_timer_is_armed_again(void **state)
{
    (void)state;
    create_timer(TimerPeriodic, TRIGGER(5));
    for (unsigned int i = 1; i <= 10; i++) {
        fake_interrupts_pass(5 * MS);
        assert_int_equal(notified, i);
        assert_int_equal(fake_interrupts.due_ns, START_NS + (i + 1) * 5 * MS);
    }
    assert_int_equal(fake_interrupts.ended, 10);
}

static void test_interrupt_comes_for_the_earliest_timer(void **state)
{
    EFI_EVENT event;

    (void)state;
    create_timer(TimerRelative, TRIGGER(50));
    event = create_timer(TimerRelative, TRIGGER(20));
    assert_int_equal(fake_interrupts.due_ns, START_NS + 20 * MS);
    create_timer(TimerRelative, TRIGGER(30));
    assert_int_equal(fake_interrupts.due_ns, START_NS + 20 * MS);
    set(event, TimerRelative, TRIGGER(40));
    assert_int_equal(fake_interrupts.due_ns, START_NS + 30 * MS);
}

static void test_interrupt_for_what_is_due_comes_soon_not_at_once(void **state)
{
    (void)state;
    create_timer(TimerRelative, 0);
    assert_int_equal(fake_interrupts.due_ns, START_NS + SOON_NS);
    fake_interrupts_pass(SOON_NS);
    assert_int_equal(notified, 1);
}

static void test_timer_that_never_comes_is_not_armed(void **state)
{
    EFI_EVENT event = create_timer(TimerRelative, TRIGGER(5));

    (void)state;
    fake_interrupts_pass(5 * MS);
    set(event, TimerRelative, UINT64_MAX);
    assert_int_equal(fake_interrupts.due_ns, UINT64_MAX);
}

static void test_late_interrupt_is_one_notification_and_keeps_the_beat(void **state)
{
    (void)state;
    create_timer(TimerPeriodic, TRIGGER(10));
    fake_interrupts_pass_at_once(13 * MS);
    assert_int_equal(notified, 1);
    assert_int_equal(fake_interrupts.due_ns, START_NS + 20 * MS);
    fake_interrupts_pass_at_once(107 * MS);
    assert_int_equal(notified, 2);
    assert_int_equal(fake_interrupts.due_ns, START_NS + 130 * MS);
}

static void test_cancelled_timer_leaves_at_most_an_idle_interrupt(void **state)
{
    EFI_EVENT event = create_timer(TimerPeriodic, TRIGGER(5));

    (void)state;
    set(event, TimerCancel, 0);
    fake_interrupts_pass(100 * MS);
    assert_int_equal(notified, 0);
    assert_in_range(fake_interrupts.ended, 0, 1);
    assert_int_equal(fake_interrupts.due_ns, UINT64_MAX);
}

static void test_firmware_is_not_interrupted_by_notifications(void **state)
{
    const uint64_t firmware[] = {
        (uintptr_t)firmware_start,
        (uintptr_t)firmware_text_end - 1,
        RUNTIME,
        RUNTIME + 0xfff,
    };

    (void)state;
    create_timer(TimerRelative, TRIGGER(5));
    for (size_t i = 0; i < sizeof(firmware) / sizeof(firmware[0]); i++) {
        fake_interrupts.rip = firmware[i];
        fake_interrupts_pass_at_once(5 * MS);
        assert_int_equal(notified, 0);
        assert_int_equal(fake_interrupts.due_ns, fake_tsc.now_ns + SOON_NS);
    }
    fake_interrupts.rip = (uintptr_t)firmware_text_end;
    fake_interrupts_pass(SOON_NS);
    assert_int_equal(notified, 1);
}

static void test_what_follows_the_runtime_image_is_a_clients(void **state)
{
    (void)state;
    create_timer(TimerRelative, TRIGGER(5));
    fake_interrupts.rip = RUNTIME + 0x1000;
    fake_interrupts_pass(5 * MS);
    assert_int_equal(notified, 1);
}

static void test_idle_halts_until_somebody_may_have_typed(void **state)
{
    (void)state;
    timer_idle(1000 * MS);
    assert_int_equal(fake_interrupts.halts, 1);
    assert_int_equal(fake_tsc.now_ns, START_NS + POLL_NS);
    timer_idle(3 * MS);
    assert_int_equal(fake_tsc.now_ns, START_NS + POLL_NS + 3 * MS);
    assert_true(fake_interrupts.enabled);
}

static void test_idle_halts_until_a_timer_is_due(void **state)
{
    (void)state;
    create_timer(TimerRelative, TRIGGER(5));
    timer_idle(1000 * MS);
    assert_int_equal(fake_tsc.now_ns, START_NS + 5 * MS);
    assert_int_equal(notified, 1);
}

static void test_idle_does_nothing_when_a_timer_is_due(void **state)
{
    (void)state;
    create_timer(TimerRelative, 0);
    terminal.wakes = true;
    timer_idle(1000 * MS);
    assert_int_equal(fake_tsc.now_ns, START_NS);
    assert_int_equal(fake_interrupts.halts + terminal.waits, 0);
}

static void test_idle_with_interrupts_off_does_not_halt(void **state)
{
    (void)state;
    create_timer(TimerRelative, TRIGGER(5));
    interrupts_disable();
    timer_idle(1000 * MS);
    assert_int_equal(fake_interrupts.halts, 0);
    assert_false(fake_interrupts.enabled);
}

static void test_sleep_in_xen_ends_when_a_timer_is_due(void **state)
{
    (void)state;
    terminal.wakes = true;
    create_timer(TimerRelative, TRIGGER(50));
    timer_idle(20 * MS);
    assert_int_equal(terminal.deadline_ns, START_NS + 20 * MS);
    timer_idle(1000 * MS);
    assert_int_equal(terminal.deadline_ns, START_NS + 50 * MS);
    assert_int_equal(fake_interrupts.halts, 0);
}

static void test_sleep_in_xen_is_not_interrupted(void **state)
{
    (void)state;
    terminal.wakes = true;
    create_timer(TimerRelative, TRIGGER(50));
    timer_idle(20 * MS);
    assert_int_equal(terminal.apic_due_ns, UINT64_MAX);
    assert_false(terminal.interruptible);
    assert_true(fake_interrupts.enabled);
    assert_int_equal(fake_interrupts.due_ns, START_NS + 50 * MS);
}

static void test_sleep_in_xen_needs_no_local_apic(void **state)
{
    (void)state;
    terminal.wakes = true;
    timer_idle(20 * MS);
    assert_int_equal(terminal.waits, 1);
    assert_int_equal(fake_interrupts.opened, 0);
    assert_false(fake_interrupts.enabled);
}

static void test_wait_without_interrupts_takes_its_time(void **state)
{
    (void)state;
    fake_tsc.step_ns = 100;
    timer_wait_ns(7 * MS);
    assert_in_range(fake_tsc.now_ns, START_NS + 7 * MS, START_NS + 7 * MS + 1000);
    assert_int_equal(fake_interrupts.opened, 0);
}

static void test_wait_halts_and_timers_fire_meanwhile(void **state)
{
    (void)state;
    fake_tsc.step_ns = 100;
    create_timer(TimerPeriodic, TRIGGER(5));
    timer_wait_ns(32 * MS);
    assert_in_range(fake_tsc.now_ns, START_NS + 32 * MS, START_NS + 32 * MS + 1000);
    assert_int_equal(notified, 6);
    assert_in_range(fake_interrupts.halts, 6, 8);
    assert_in_range(fake_interrupts.due_ns, START_NS + 35 * MS, START_NS + 35 * MS + 1000);
}

static void test_stop_leaves_nothing_behind(void **state)
{
    (void)state;
    create_timer(TimerPeriodic, TRIGGER(5));
    timer_stop();
    assert_false(timer_is_running());
    assert_false(fake_interrupts.enabled);
    assert_false(fake_interrupts.apic_is_open);
}

static void test_interrupt_that_was_on_its_way_is_only_ended(void **state)
{
    (void)state;
    create_timer(TimerPeriodic, TRIGGER(5));
    timer_stop();
    fake_tsc.now_ns += 5 * MS;
    interrupt_timer(0);
    assert_int_equal(fake_interrupts.ended, 1);
    assert_int_equal(notified, 0);
    assert_false(fake_interrupts.apic_is_open);
}

static void test_stop_without_timers_touches_nothing(void **state)
{
    (void)state;
    timer_stop();
    assert_int_equal(fake_interrupts.opened, 0);
    assert_false(fake_interrupts.enabled);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_without_timers_no_interrupt_is_wanted, start),
        cmocka_unit_test_setup(test_first_timer_switches_interrupts_on, start),
        cmocka_unit_test_setup(test_program_that_calls_nothing_is_notified, start),
        cmocka_unit_test_setup(test_periodic_timer_is_armed_again, start),
        cmocka_unit_test_setup(test_interrupt_comes_for_the_earliest_timer, start),
        cmocka_unit_test_setup(test_interrupt_for_what_is_due_comes_soon_not_at_once, start),
        cmocka_unit_test_setup(test_timer_that_never_comes_is_not_armed, start),
        cmocka_unit_test_setup(test_late_interrupt_is_one_notification_and_keeps_the_beat, start),
        cmocka_unit_test_setup(test_cancelled_timer_leaves_at_most_an_idle_interrupt, start),
        cmocka_unit_test_setup(test_firmware_is_not_interrupted_by_notifications, start),
        cmocka_unit_test_setup(test_what_follows_the_runtime_image_is_a_clients, start),
        cmocka_unit_test_setup(test_idle_halts_until_somebody_may_have_typed, start),
        cmocka_unit_test_setup(test_idle_halts_until_a_timer_is_due, start),
        cmocka_unit_test_setup(test_idle_does_nothing_when_a_timer_is_due, start),
        cmocka_unit_test_setup(test_idle_with_interrupts_off_does_not_halt, start),
        cmocka_unit_test_setup(test_sleep_in_xen_ends_when_a_timer_is_due, start),
        cmocka_unit_test_setup(test_sleep_in_xen_is_not_interrupted, start),
        cmocka_unit_test_setup(test_sleep_in_xen_needs_no_local_apic, start),
        cmocka_unit_test_setup(test_wait_without_interrupts_takes_its_time, start),
        cmocka_unit_test_setup(test_wait_halts_and_timers_fire_meanwhile, start),
        cmocka_unit_test_setup(test_stop_leaves_nothing_behind, start),
        cmocka_unit_test_setup(test_interrupt_that_was_on_its_way_is_only_ended, start),
        cmocka_unit_test_setup(test_stop_without_timers_touches_nothing, start),
    };

    return isolated_run(tests);
}
