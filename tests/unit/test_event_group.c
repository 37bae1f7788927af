/* Groups of events (UEFI 2.10 section 7.1.2, CreateEventEx). */
#include <string.h>

#include "shim/event/event.h"
#include "shim/event/tpl.h"
#include "shim/runtime_followers.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

static const EFI_GUID group = {.Data1 = 1};
static const EFI_GUID other_group = {.Data1 = 2};

/* Each event of these tests has a letter as its context: the notifications in their order. */
static char trace[64];

static void EFIAPI write_letter(EFI_EVENT event, void *context)
{
    (void)event;
    strcat(trace, context);
}

static EFI_EVENT create(uint32_t type, EFI_TPL level, EFI_EVENT_NOTIFY function, const char *letter,
                        const EFI_GUID *in)
{
    EFI_EVENT event = NULL;

    assert_int_equal(event_create(type, level, function, letter, in, &event), EFI_SUCCESS);
    return event;
}

static EFI_EVENT create_signal(EFI_TPL level, const char *letter, const EFI_GUID *in)
{
    return create(EVT_NOTIFY_SIGNAL, level, write_letter, letter, in);
}

static void test_group_signals_its_events_only(void **state)
{
    (void)state;
    create_signal(TPL_CALLBACK, "a", &group);
    create_signal(TPL_CALLBACK, "b", &other_group);
    create_signal(TPL_CALLBACK, "c", NULL);
    create_signal(TPL_CALLBACK, "d", &group);
    event_signal_group(&group);
    assert_string_equal(trace, "ad");
}

static void test_signal_of_one_event_is_one_for_its_group(void **state)
{
    EFI_EVENT event = create_signal(TPL_CALLBACK, "a", &group);

    (void)state;
    create_signal(TPL_CALLBACK, "b", &group);
    create_signal(TPL_CALLBACK, "c", &other_group);
    assert_int_equal(event_signal(event), EFI_SUCCESS);
    assert_string_equal(trace, "ab");
}

static void test_signal_of_an_event_without_group_is_its_own(void **state)
{
    EFI_EVENT event = create_signal(TPL_CALLBACK, "a", NULL);

    (void)state;
    create_signal(TPL_CALLBACK, "b", NULL);
    event_signal(event);
    assert_string_equal(trace, "a");
}

static void test_highest_levels_of_a_group_run_first(void **state)
{
    (void)state;
    create_signal(TPL_CALLBACK, "a", &group);
    create_signal(TPL_NOTIFY, "b", &group);
    create_signal(TPL_CALLBACK, "c", &group);
    create_signal(TPL_NOTIFY, "d", &group);
    event_signal_group(&group);
    assert_string_equal(trace, "bdac");
}

static void test_events_without_function_are_signalled_too(void **state)
{
    EFI_EVENT event = create(0, 0, NULL, NULL, &group);

    (void)state;
    event_signal_group(&group);
    assert_int_equal(event_check(event), EFI_SUCCESS);
    assert_int_equal(event_check(event), EFI_NOT_READY);
}

static void test_group_guid_is_copied(void **state)
{
    EFI_GUID guid = group;

    (void)state;
    create_signal(TPL_CALLBACK, "a", &guid);
    guid = other_group;
    event_signal_group(&other_group);
    assert_string_equal(trace, "");
    event_signal_group(&group);
    assert_string_equal(trace, "a");
}

static EFI_EVENT to_be_closed;

static void EFIAPI close_two(EFI_EVENT event, void *context)
{
    write_letter(event, context);
    event_close(to_be_closed);
    event_close(event);
}

static void test_function_may_close_events_of_its_group(void **state)
{
    (void)state;
    create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, close_two, "a", &group);
    to_be_closed = create_signal(TPL_CALLBACK, "b", &group);
    create_signal(TPL_CALLBACK, "c", &group);
    event_signal_group(&group);
    assert_string_equal(trace, "ac");
    event_signal_group(&group);
    assert_string_equal(trace, "acc");
}

static void EFIAPI create_another(EFI_EVENT event, void *context)
{
    write_letter(event, context);
    create_signal(TPL_CALLBACK, "n", &group);
}

static void test_event_that_a_function_creates_is_not_signalled_yet(void **state)
{
    (void)state;
    create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, create_another, "a", &group);
    event_signal_group(&group);
    assert_string_equal(trace, "a");
}

static void test_group_signalled_at_a_high_level_waits(void **state)
{
    (void)state;
    create_signal(TPL_CALLBACK, "a", &group);
    tpl_raise(TPL_NOTIFY);
    event_signal_group(&group);
    assert_int_equal(tpl_current(), TPL_NOTIFY);
    assert_string_equal(trace, "");
    tpl_restore(TPL_APPLICATION);
    assert_string_equal(trace, "a");
}

static void test_exit_boot_services_type_is_that_group(void **state)
{
    (void)state;
    create(EVT_SIGNAL_EXIT_BOOT_SERVICES, TPL_NOTIFY, write_letter, "a", NULL);
    event_signal_group(&event_group_virtual_address_change);
    event_signal_group(&event_group_before_exit_boot_services);
    assert_string_equal(trace, "");
    event_signal_group(&event_group_exit_boot_services);
    assert_string_equal(trace, "a");
}

static void test_virtual_address_change_type_is_that_group(void **state)
{
    (void)state;
    create(EVT_SIGNAL_VIRTUAL_ADDRESS_CHANGE, TPL_NOTIFY, write_letter, "a", NULL);
    event_signal_group(&event_group_exit_boot_services);
    assert_string_equal(trace, "");
    event_signal_group(&event_group_virtual_address_change);
    assert_string_equal(trace, "a");
}

static void test_types_that_are_groups_take_no_other_group(void **state)
{
    EFI_EVENT event = NULL;

    (void)state;
    assert_int_equal(
        event_create(EVT_SIGNAL_EXIT_BOOT_SERVICES, TPL_NOTIFY, write_letter, NULL, &group, &event),
        EFI_INVALID_PARAMETER);
    assert_int_equal(event_create(EVT_SIGNAL_VIRTUAL_ADDRESS_CHANGE, TPL_NOTIFY, write_letter, NULL,
                                  &group, &event),
                     EFI_INVALID_PARAMETER);
    assert_null(event);
}

static unsigned int kept_events(const struct runtime_followers *followers)
{
    unsigned int count = 0;

    for (struct runtime_notification *kept = followers->notifications; kept; kept = kept->next)
        count++;
    return count;
}

static void test_runtime_events_of_a_new_map_are_kept_for_the_runtime(void **state)
{
    struct runtime_followers followers = {0};
    const EFI_GUID *moved = &event_group_virtual_address_change;
    EFI_EVENT event;

    (void)state;
    runtime_followers_init(&followers);
    event = create(EVT_SIGNAL_VIRTUAL_ADDRESS_CHANGE, TPL_NOTIFY, write_letter, "a", NULL);
    assert_int_equal(kept_events(&followers), 1);
    assert_ptr_equal(followers.notifications->event, event);
    assert_ptr_equal(followers.notifications->function, write_letter);
    create(EVT_NOTIFY_SIGNAL | EVT_RUNTIME, TPL_NOTIFY, write_letter, "b", moved);
    assert_int_equal(kept_events(&followers), 2);
    assert_int_equal(event_close(event), EFI_SUCCESS);
    assert_int_equal(kept_events(&followers), 1);
}

static void test_other_events_are_not_kept_for_the_runtime(void **state)
{
    struct runtime_followers followers = {0};
    const EFI_GUID *moved = &event_group_virtual_address_change;

    (void)state;
    runtime_followers_init(&followers);
    create(EVT_NOTIFY_SIGNAL, TPL_NOTIFY, write_letter, "a", moved);
    create(EVT_NOTIFY_WAIT | EVT_RUNTIME, TPL_NOTIFY, write_letter, "a", moved);
    create(EVT_RUNTIME, 0, NULL, NULL, moved);
    create(EVT_NOTIFY_SIGNAL | EVT_RUNTIME, TPL_NOTIFY, write_letter, "a", &group);
    create(EVT_NOTIFY_SIGNAL | EVT_RUNTIME, TPL_NOTIFY, write_letter, "a", NULL);
    create(EVT_SIGNAL_EXIT_BOOT_SERVICES, TPL_NOTIFY, write_letter, "a", NULL);
    assert_int_equal(kept_events(&followers), 0);
}

/* There is a piece of memory for the event, none for what the runtime would keep. */
static void test_no_event_that_cannot_be_kept_for_the_runtime(void **state)
{
    EFI_EVENT room;
    EFI_EVENT event = NULL;

    (void)state;
    assert_int_equal(event_create(0, 0, NULL, NULL, NULL, &room), EFI_SUCCESS);
    fake_memory_exhaust();
    assert_int_equal(event_close(room), EFI_SUCCESS);
    assert_int_equal(event_create(EVT_SIGNAL_VIRTUAL_ADDRESS_CHANGE, TPL_NOTIFY, write_letter, NULL,
                                  NULL, &event),
                     EFI_OUT_OF_RESOURCES);
    assert_null(event);
    assert_int_equal(event_create(0, 0, NULL, NULL, NULL, &event), EFI_SUCCESS);
}

/* By their bytes: what a client compiled against another header asks for. */
static void test_groups_have_the_guids_of_the_specification(void **state)
{
    static const struct {
        const EFI_GUID *group;
        uint8_t bytes[16];
    } cases[] = {
        {&event_group_exit_boot_services,
         {0x55, 0xf0, 0xab, 0x27, 0xb8, 0xb1, 0x26, 0x4c, 0x80, 0x48, 0x74, 0x8f, 0x37, 0xba, 0xa2,
          0xdf}},
        {&event_group_before_exit_boot_services,
         {0x74, 0xe2, 0xe0, 0x8b, 0x70, 0x39, 0x44, 0x4b, 0x80, 0xc5, 0x1a, 0xb9, 0x50, 0x2f, 0x3b,
          0xfc}},
        {&event_group_virtual_address_change,
         {0x98, 0x76, 0xfa, 0x13, 0x31, 0xc8, 0xc7, 0x49, 0x87, 0xea, 0x8f, 0x43, 0xfc, 0xc2, 0x51,
          0x96}},
        {&event_group_memory_map_change,
         {0x26, 0xe9, 0xbe, 0x78, 0x2f, 0x69, 0xfd, 0x48, 0x9e, 0xdb, 0x01, 0x42, 0x2e, 0xf0, 0xd7,
          0xab}},
        {&event_group_ready_to_boot,
         {0xb3, 0x8f, 0xe8, 0x7c, 0xd7, 0x4b, 0x79, 0x46, 0x87, 0xa8, 0xa8, 0xd8, 0xde, 0xe5, 0x0d,
          0x2b}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_memory_equal(cases[i].group, cases[i].bytes, sizeof(cases[i].bytes));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_group_signals_its_events_only, fake_memory_setup),
        cmocka_unit_test_setup(test_signal_of_one_event_is_one_for_its_group, fake_memory_setup),
        cmocka_unit_test_setup(test_signal_of_an_event_without_group_is_its_own, fake_memory_setup),
        cmocka_unit_test_setup(test_highest_levels_of_a_group_run_first, fake_memory_setup),
        cmocka_unit_test_setup(test_events_without_function_are_signalled_too, fake_memory_setup),
        cmocka_unit_test_setup(test_group_guid_is_copied, fake_memory_setup),
        cmocka_unit_test_setup(test_function_may_close_events_of_its_group, fake_memory_setup),
        cmocka_unit_test_setup(test_event_that_a_function_creates_is_not_signalled_yet,
                               fake_memory_setup),
        cmocka_unit_test_setup(test_group_signalled_at_a_high_level_waits, fake_memory_setup),
        cmocka_unit_test_setup(test_exit_boot_services_type_is_that_group, fake_memory_setup),
        cmocka_unit_test_setup(test_virtual_address_change_type_is_that_group, fake_memory_setup),
        cmocka_unit_test_setup(test_types_that_are_groups_take_no_other_group, fake_memory_setup),
        cmocka_unit_test_setup(test_runtime_events_of_a_new_map_are_kept_for_the_runtime,
                               fake_memory_setup),
        cmocka_unit_test_setup(test_other_events_are_not_kept_for_the_runtime, fake_memory_setup),
        cmocka_unit_test_setup(test_no_event_that_cannot_be_kept_for_the_runtime,
                               fake_memory_setup),
        cmocka_unit_test(test_groups_have_the_guids_of_the_specification),
    };

    return isolated_run(tests);
}
