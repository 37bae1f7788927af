/* CreateEvent, CloseEvent, SignalEvent, CheckEvent (UEFI 2.10 section 7.1). */
#include "shim/event/event.h"

#include <string.h>

#include "shim/event/tpl.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

/* Each event of these tests has a letter as its context: the notifications in their order. */
static char trace[64];

static void EFIAPI write_letter(EFI_EVENT event, void *context)
{
    (void)event;
    strcat(trace, context);
}

static EFI_EVENT create(uint32_t type, EFI_TPL level, EFI_EVENT_NOTIFY function,
                        const char *context)
{
    EFI_EVENT event = NULL;

    assert_int_equal(event_create(type, level, function, context, NULL, &event), EFI_SUCCESS);
    assert_non_null(event);
    return event;
}

static EFI_EVENT create_signal(EFI_TPL level, const char *letter)
{
    return create(EVT_NOTIFY_SIGNAL, level, write_letter, letter);
}

static EFI_STATUS try_create(uint32_t type, EFI_TPL level, EFI_EVENT_NOTIFY function)
{
    EFI_EVENT event = NULL;
    EFI_STATUS status = event_create(type, level, function, NULL, NULL, &event);

    if (status != EFI_SUCCESS)
        assert_null(event);
    return status;
}

static void test_types_that_exist_can_be_created(void **state)
{
    static const uint32_t types[] = {
        0,
        EVT_TIMER,
        EVT_NOTIFY_WAIT,
        EVT_NOTIFY_SIGNAL,
        EVT_TIMER | EVT_NOTIFY_WAIT,
        EVT_TIMER | EVT_NOTIFY_SIGNAL,
        EVT_SIGNAL_EXIT_BOOT_SERVICES,
        EVT_SIGNAL_VIRTUAL_ADDRESS_CHANGE,
    };

    (void)state;
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        assert_int_equal(try_create(types[i], TPL_CALLBACK, write_letter), EFI_SUCCESS);
}

static void test_types_that_do_not_exist_are_refused(void **state)
{
    static const uint32_t types[] = {
        EVT_NOTIFY_WAIT | EVT_NOTIFY_SIGNAL,
        EVT_TIMER | EVT_NOTIFY_WAIT | EVT_NOTIFY_SIGNAL,
        1,
        2,
        0x400,
        0x10000000,
        EVT_NOTIFY_WAIT | 1,
        EVT_NOTIFY_SIGNAL | 3,
        0xffffffff,
    };

    (void)state;
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        assert_int_equal(try_create(types[i], TPL_CALLBACK, write_letter), EFI_INVALID_PARAMETER);
}

static void test_notification_needs_a_function(void **state)
{
    (void)state;
    assert_int_equal(try_create(EVT_NOTIFY_WAIT, TPL_CALLBACK, NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(try_create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(try_create(EVT_SIGNAL_EXIT_BOOT_SERVICES, TPL_CALLBACK, NULL),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(try_create(EVT_TIMER, TPL_CALLBACK, NULL), EFI_SUCCESS);
}

static void test_notification_needs_a_level_that_clients_have(void **state)
{
    (void)state;
    for (EFI_TPL level = 0; level < 40; level++) {
        EFI_STATUS expected =
            level == TPL_CALLBACK || level == TPL_NOTIFY ? EFI_SUCCESS : EFI_INVALID_PARAMETER;

        assert_int_equal(try_create(EVT_NOTIFY_SIGNAL, level, write_letter), expected);
        assert_int_equal(try_create(EVT_NOTIFY_WAIT, level, write_letter), expected);
        assert_int_equal(try_create(0, level, NULL), EFI_SUCCESS);
    }
}

static void test_event_pointer_must_not_be_null(void **state)
{
    (void)state;
    assert_int_equal(event_create(0, 0, NULL, NULL, NULL, NULL), EFI_INVALID_PARAMETER);
}

static void test_no_event_without_memory(void **state)
{
    (void)state;
    fake_memory_exhaust();
    assert_int_equal(try_create(0, 0, NULL), EFI_OUT_OF_RESOURCES);
}

static void test_closed_event_is_none(void **state)
{
    EFI_EVENT event = create_signal(TPL_CALLBACK, "a");

    (void)state;
    assert_true(event_is_valid(event));
    assert_int_equal(event_close(event), EFI_SUCCESS);
    assert_false(event_is_valid(event));
    assert_int_equal(event_close(event), EFI_INVALID_PARAMETER);
    assert_int_equal(event_signal(event), EFI_INVALID_PARAMETER);
    assert_int_equal(event_check(event), EFI_INVALID_PARAMETER);
    assert_int_equal(fake_memory_used_pages(), 0);
}

static void test_pointers_that_are_no_events_are_refused(void **state)
{
    EFI_EVENT wild = &wild;

    (void)state;
    assert_false(event_is_valid(NULL));
    assert_int_equal(event_close(NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(event_signal(NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(event_check(NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(event_close(wild), EFI_INVALID_PARAMETER);
    assert_int_equal(event_signal(wild), EFI_INVALID_PARAMETER);
    assert_int_equal(event_check(wild), EFI_INVALID_PARAMETER);
}

static void test_event_is_created_unsignalled(void **state)
{
    (void)state;
    create_signal(TPL_CALLBACK, "a");
    assert_string_equal(trace, "");
    assert_int_equal(event_check(create(0, 0, NULL, NULL)), EFI_NOT_READY);
}

static EFI_EVENT seen_event;
static void *seen_context;

static void EFIAPI remember_arguments(EFI_EVENT event, void *context)
{
    seen_event = event;
    seen_context = context;
}

static void test_function_gets_event_and_context(void **state)
{
    static const char context[] = "context";
    EFI_EVENT event = create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, remember_arguments, context);

    (void)state;
    assert_int_equal(event_signal(event), EFI_SUCCESS);
    assert_ptr_equal(seen_event, event);
    assert_ptr_equal(seen_context, context);
}

static void test_each_signal_notifies_once(void **state)
{
    EFI_EVENT event = create_signal(TPL_CALLBACK, "a");

    (void)state;
    event_signal(event);
    event_signal(event);
    assert_string_equal(trace, "aa");
}

static void test_signals_that_wait_are_one(void **state)
{
    EFI_EVENT event = create_signal(TPL_CALLBACK, "a");

    (void)state;
    tpl_raise(TPL_NOTIFY);
    event_signal(event);
    event_signal(event);
    tpl_restore(TPL_APPLICATION);
    assert_string_equal(trace, "a");
}

static void test_notifications_run_by_level_then_in_order(void **state)
{
    EFI_EVENT a = create_signal(TPL_CALLBACK, "a");
    EFI_EVENT b = create_signal(TPL_NOTIFY, "b");
    EFI_EVENT c = create_signal(TPL_CALLBACK, "c");
    EFI_EVENT d = create_signal(TPL_NOTIFY, "d");

    (void)state;
    tpl_raise(TPL_HIGH_LEVEL);
    event_signal(c);
    event_signal(d);
    event_signal(a);
    event_signal(b);
    tpl_restore(TPL_APPLICATION);
    assert_string_equal(trace, "dbca");
}

static void test_closed_event_does_not_notify_any_more(void **state)
{
    EFI_EVENT a = create_signal(TPL_CALLBACK, "a");
    EFI_EVENT b = create_signal(TPL_CALLBACK, "b");

    (void)state;
    tpl_raise(TPL_NOTIFY);
    event_signal(a);
    event_signal(b);
    assert_int_equal(event_close(a), EFI_SUCCESS);
    tpl_restore(TPL_APPLICATION);
    assert_string_equal(trace, "b");
}

static void EFIAPI close_itself(EFI_EVENT event, void *context)
{
    write_letter(event, context);
    assert_int_equal(event_close(event), EFI_SUCCESS);
}

static void test_function_may_close_its_event(void **state)
{
    EFI_EVENT event = create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, close_itself, "a");

    (void)state;
    assert_int_equal(event_signal(event), EFI_SUCCESS);
    assert_string_equal(trace, "a");
    assert_false(event_is_valid(event));
    assert_int_equal(fake_memory_used_pages(), 0);
}

static EFI_EVENT other_event;

static void EFIAPI signal_other(EFI_EVENT event, void *context)
{
    write_letter(event, context);
    event_signal(other_event);
    strcat(trace, ".");
}

static void test_function_may_signal_an_event_of_a_higher_level(void **state)
{
    EFI_EVENT event = create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, signal_other, "a");

    (void)state;
    other_event = create_signal(TPL_NOTIFY, "b");
    event_signal(event);
    assert_string_equal(trace, "ab.");
}

static void test_function_may_signal_an_event_of_its_level(void **state)
{
    EFI_EVENT event = create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, signal_other, "a");

    (void)state;
    other_event = create_signal(TPL_CALLBACK, "b");
    event_signal(event);
    assert_string_equal(trace, "a.b");
}

static void EFIAPI signal_itself_twice(EFI_EVENT event, void *context)
{
    write_letter(event, context);
    if (strlen(trace) < 3)
        event_signal(event);
}

static void test_function_may_signal_its_event_again(void **state)
{
    (void)state;
    event_signal(create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, signal_itself_twice, "a"));
    assert_string_equal(trace, "aaa");
}

static void test_check_takes_the_signal(void **state)
{
    EFI_EVENT event = create(0, 0, NULL, NULL);

    (void)state;
    event_signal(event);
    event_signal(event);
    assert_int_equal(event_check(event), EFI_SUCCESS);
    assert_int_equal(event_check(event), EFI_NOT_READY);
}

static void test_events_that_notify_by_signal_cannot_be_checked(void **state)
{
    (void)state;
    assert_int_equal(event_check(create_signal(TPL_CALLBACK, "a")), EFI_INVALID_PARAMETER);
    assert_int_equal(
        event_check(create(EVT_TIMER | EVT_NOTIFY_SIGNAL, TPL_CALLBACK, write_letter, "a")),
        EFI_INVALID_PARAMETER);
}

static void EFIAPI signal_when_asked_twice(EFI_EVENT event, void *context)
{
    write_letter(event, context);
    if (strlen(trace) == 2)
        event_signal(event);
}

static void test_check_asks_the_wait_function(void **state)
{
    EFI_EVENT event = create(EVT_NOTIFY_WAIT, TPL_CALLBACK, signal_when_asked_twice, "w");

    (void)state;
    assert_int_equal(event_check(event), EFI_NOT_READY);
    assert_int_equal(event_check(event), EFI_SUCCESS);
    assert_string_equal(trace, "ww");
    assert_int_equal(event_check(event), EFI_NOT_READY);
}

static void test_signalled_wait_event_asks_nobody(void **state)
{
    EFI_EVENT event = create(EVT_NOTIFY_WAIT, TPL_CALLBACK, write_letter, "w");

    (void)state;
    event_signal(event);
    assert_string_equal(trace, "");
    assert_int_equal(event_check(event), EFI_SUCCESS);
    assert_string_equal(trace, "");
}

static void test_wait_function_waits_for_its_level(void **state)
{
    EFI_EVENT event = create(EVT_NOTIFY_WAIT, TPL_CALLBACK, signal_when_asked_twice, "w");

    (void)state;
    strcpy(trace, "-");
    tpl_raise(TPL_CALLBACK);
    assert_int_equal(event_check(event), EFI_NOT_READY);
    assert_string_equal(trace, "-");
    tpl_restore(TPL_APPLICATION);
    assert_string_equal(trace, "-w");
    assert_int_equal(event_check(event), EFI_SUCCESS);
}

static void test_signal_survives_a_wait_function_that_runs_later(void **state)
{
    EFI_EVENT event = create(EVT_NOTIFY_WAIT, TPL_CALLBACK, write_letter, "w");

    (void)state;
    tpl_raise(TPL_NOTIFY);
    assert_int_equal(event_check(event), EFI_NOT_READY);
    event_signal(event);
    tpl_restore(TPL_APPLICATION);
    assert_string_equal(trace, "w");
    assert_int_equal(event_check(event), EFI_SUCCESS);
}

/* Fills the freed memory with what a signalled event would look like. */
static void EFIAPI close_itself_and_dirty_memory(EFI_EVENT event, void *context)
{
    close_itself(event, context);
    memset(event, 1, 100);
}

static void test_wait_function_may_close_its_event(void **state)
{
    EFI_EVENT keeps_the_page = create(0, 0, NULL, NULL);
    EFI_EVENT event = create(EVT_NOTIFY_WAIT, TPL_CALLBACK, close_itself_and_dirty_memory, "w");

    (void)state;
    assert_int_not_equal(event_check(event), EFI_SUCCESS);
    assert_false(event_is_valid(event));
    assert_true(event_is_valid(keeps_the_page));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_types_that_exist_can_be_created, fake_memory_setup),
        cmocka_unit_test_setup(test_types_that_do_not_exist_are_refused, fake_memory_setup),
        cmocka_unit_test_setup(test_notification_needs_a_function, fake_memory_setup),
        cmocka_unit_test_setup(test_notification_needs_a_level_that_clients_have,
                               fake_memory_setup),
        cmocka_unit_test_setup(test_event_pointer_must_not_be_null, fake_memory_setup),
        cmocka_unit_test_setup(test_no_event_without_memory, fake_memory_setup),
        cmocka_unit_test_setup(test_closed_event_is_none, fake_memory_setup),
        cmocka_unit_test_setup(test_pointers_that_are_no_events_are_refused, fake_memory_setup),
        cmocka_unit_test_setup(test_event_is_created_unsignalled, fake_memory_setup),
        cmocka_unit_test_setup(test_function_gets_event_and_context, fake_memory_setup),
        cmocka_unit_test_setup(test_each_signal_notifies_once, fake_memory_setup),
        cmocka_unit_test_setup(test_signals_that_wait_are_one, fake_memory_setup),
        cmocka_unit_test_setup(test_notifications_run_by_level_then_in_order, fake_memory_setup),
        cmocka_unit_test_setup(test_closed_event_does_not_notify_any_more, fake_memory_setup),
        cmocka_unit_test_setup(test_function_may_close_its_event, fake_memory_setup),
        cmocka_unit_test_setup(test_function_may_signal_an_event_of_a_higher_level,
                               fake_memory_setup),
        cmocka_unit_test_setup(test_function_may_signal_an_event_of_its_level, fake_memory_setup),
        cmocka_unit_test_setup(test_function_may_signal_its_event_again, fake_memory_setup),
        cmocka_unit_test_setup(test_check_takes_the_signal, fake_memory_setup),
        cmocka_unit_test_setup(test_events_that_notify_by_signal_cannot_be_checked,
                               fake_memory_setup),
        cmocka_unit_test_setup(test_check_asks_the_wait_function, fake_memory_setup),
        cmocka_unit_test_setup(test_signalled_wait_event_asks_nobody, fake_memory_setup),
        cmocka_unit_test_setup(test_wait_function_waits_for_its_level, fake_memory_setup),
        cmocka_unit_test_setup(test_signal_survives_a_wait_function_that_runs_later,
                               fake_memory_setup),
        cmocka_unit_test_setup(test_wait_function_may_close_its_event, fake_memory_setup),
    };

    return isolated_run(tests);
}
