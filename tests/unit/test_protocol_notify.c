/* RegisterProtocolNotify (UEFI 2.10 section 7.3.5). */
#include "shim/protocol/protocol_notify.h"

#include "shim/event/event.h"
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/locate.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

static const EFI_GUID guid = {.Data1 = 1};
static const EFI_GUID other_guid = {.Data1 = 2};

static int interfaces[3];
static unsigned int notified;

static void EFIAPI count_notification(EFI_EVENT event, void *context)
{
    (void)event;
    (void)context;
    notified++;
}

static EFI_EVENT create_event(EFI_EVENT_NOTIFY function)
{
    EFI_EVENT event;

    assert_int_equal(event_create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, function, NULL, NULL, &event),
                     EFI_SUCCESS);
    return event;
}

static void *register_event(EFI_EVENT event)
{
    void *registration = NULL;

    assert_int_equal(protocol_notify_register(&guid, event, &registration), EFI_SUCCESS);
    assert_non_null(registration);
    return registration;
}

static EFI_HANDLE install(const EFI_GUID *of, void *interface)
{
    EFI_HANDLE handle = NULL;

    assert_int_equal(handle_install(&handle, of, interface), EFI_SUCCESS);
    return handle;
}

/* The next handle that LocateHandle finds for it, NULL when there is none. */
static EFI_HANDLE next_handle(void *registration)
{
    EFI_HANDLE found = NULL;
    UINTN bytes = sizeof(found);
    EFI_STATUS status = locate_handle(ByRegisterNotify, NULL, registration, &bytes, &found);

    assert_int_equal(status, found ? EFI_SUCCESS : EFI_NOT_FOUND);
    if (found)
        assert_int_equal(bytes, sizeof(found));
    return found;
}

static void test_event_is_signalled_for_its_protocol_only(void **state)
{
    (void)state;
    register_event(create_event(count_notification));
    assert_int_equal(notified, 0);
    install(&other_guid, NULL);
    assert_int_equal(notified, 0);
    install(&guid, NULL);
    assert_int_equal(notified, 1);
    install(&guid, NULL);
    assert_int_equal(notified, 2);
}

static void test_event_is_signalled_when_a_protocol_is_reinstalled(void **state)
{
    EFI_HANDLE handle = install(&guid, &interfaces[0]);

    (void)state;
    register_event(create_event(count_notification));
    assert_int_equal(handle_reinstall(handle, &guid, &interfaces[0], &interfaces[1]), EFI_SUCCESS);
    assert_int_equal(notified, 1);
}

static void test_event_is_not_signalled_when_a_protocol_goes(void **state)
{
    EFI_HANDLE handle = install(&guid, &interfaces[0]);

    (void)state;
    register_event(create_event(count_notification));
    assert_int_equal(handle_uninstall(handle, &guid, &interfaces[0]), EFI_SUCCESS);
    assert_int_equal(notified, 0);
}

static void test_event_without_function_can_be_polled(void **state)
{
    EFI_EVENT event;

    (void)state;
    assert_int_equal(event_create(0, 0, NULL, NULL, NULL, &event), EFI_SUCCESS);
    register_event(event);
    assert_int_equal(event_check(event), EFI_NOT_READY);
    install(&guid, NULL);
    assert_int_equal(event_check(event), EFI_SUCCESS);
}

static void test_new_handles_come_one_by_one_in_order(void **state)
{
    void *registration = register_event(create_event(count_notification));
    EFI_HANDLE first = install(&guid, NULL);
    EFI_HANDLE second = install(&guid, NULL);

    (void)state;
    assert_ptr_equal(next_handle(registration), first);
    assert_ptr_equal(next_handle(registration), second);
    assert_null(next_handle(registration));
    second = install(&guid, NULL);
    assert_ptr_equal(next_handle(registration), second);
    assert_null(next_handle(registration));
}

static void test_handles_from_before_the_registration_come_too(void **state)
{
    EFI_HANDLE handle = install(&guid, NULL);
    void *registration = register_event(create_event(count_notification));

    (void)state;
    assert_ptr_equal(next_handle(registration), handle);
    assert_null(next_handle(registration));
}

static void test_reinstalled_protocol_comes_again(void **state)
{
    void *registration = register_event(create_event(count_notification));
    EFI_HANDLE first = install(&guid, &interfaces[0]);
    EFI_HANDLE second = install(&guid, NULL);

    (void)state;
    assert_ptr_equal(next_handle(registration), first);
    assert_int_equal(handle_reinstall(first, &guid, &interfaces[0], &interfaces[1]), EFI_SUCCESS);
    assert_ptr_equal(next_handle(registration), second);
    assert_ptr_equal(next_handle(registration), first);
    assert_null(next_handle(registration));
}

static void test_uninstalled_protocol_does_not_come(void **state)
{
    void *registration = register_event(create_event(count_notification));
    EFI_HANDLE first = install(&guid, &interfaces[0]);
    EFI_HANDLE second = install(&guid, NULL);

    (void)state;
    assert_int_equal(handle_uninstall(first, &guid, &interfaces[0]), EFI_SUCCESS);
    assert_ptr_equal(next_handle(registration), second);
    assert_null(next_handle(registration));
}

static void test_registrations_see_for_themselves(void **state)
{
    void *one = register_event(create_event(count_notification));
    void *two = register_event(create_event(count_notification));
    EFI_HANDLE handle = install(&guid, NULL);

    (void)state;
    assert_int_equal(notified, 2);
    assert_ptr_equal(next_handle(one), handle);
    assert_ptr_equal(next_handle(two), handle);
    assert_null(next_handle(one));
}

static void test_buffer_that_is_too_small_does_not_use_up_the_handle(void **state)
{
    void *registration = register_event(create_event(count_notification));
    EFI_HANDLE handle = install(&guid, NULL);
    UINTN bytes = sizeof(handle) - 1;

    (void)state;
    assert_int_equal(locate_handle(ByRegisterNotify, NULL, registration, &bytes, NULL),
                     EFI_BUFFER_TOO_SMALL);
    assert_int_equal(bytes, sizeof(handle));
    assert_int_equal(locate_handle(ByRegisterNotify, NULL, registration, &bytes, NULL),
                     EFI_INVALID_PARAMETER);
    assert_ptr_equal(next_handle(registration), handle);
}

static void test_locate_handle_buffer_returns_the_new_handle(void **state)
{
    void *registration = register_event(create_event(count_notification));
    EFI_HANDLE handle = install(&guid, NULL);
    uint64_t used = fake_memory_used_pages();
    EFI_HANDLE *found;
    UINTN count;

    (void)state;
    assert_int_equal(locate_handle_buffer(ByRegisterNotify, NULL, registration, &count, &found),
                     EFI_SUCCESS);
    assert_int_equal(count, 1);
    assert_ptr_equal(found[0], handle);
    pool_free(found);
    for (unsigned int i = 0; i < 1000; i++)
        assert_int_equal(locate_handle_buffer(ByRegisterNotify, NULL, registration, &count, &found),
                         EFI_NOT_FOUND);
    assert_int_equal(fake_memory_used_pages(), used);
}

static void test_locate_protocol_returns_the_new_interface(void **state)
{
    void *registration = register_event(create_event(count_notification));
    void *interface;

    (void)state;
    install(&guid, &interfaces[0]);
    install(&guid, &interfaces[1]);
    assert_int_equal(locate_protocol(&guid, registration, &interface), EFI_SUCCESS);
    assert_ptr_equal(interface, &interfaces[0]);
    assert_int_equal(locate_protocol(&guid, registration, &interface), EFI_SUCCESS);
    assert_ptr_equal(interface, &interfaces[1]);
    assert_int_equal(locate_protocol(&guid, registration, &interface), EFI_NOT_FOUND);
    assert_null(interface);
}

static void test_closed_event_is_forgotten(void **state)
{
    EFI_EVENT event = create_event(count_notification);
    void *registration = register_event(event);

    (void)state;
    assert_int_equal(event_close(event), EFI_SUCCESS);
    assert_int_equal(fake_memory_used_pages(), 0);
    install(&guid, NULL);
    assert_int_equal(notified, 0);
    assert_null(next_handle(registration));
}

static void test_unknown_registration_finds_nothing(void **state)
{
    int not_a_registration;

    (void)state;
    install(&guid, NULL);
    assert_null(next_handle(&not_a_registration));
}

static void test_registration_needs_its_parameters(void **state)
{
    EFI_EVENT event = create_event(count_notification);
    EFI_EVENT wild = &wild;
    void *registration = NULL;

    (void)state;
    assert_int_equal(protocol_notify_register(NULL, event, &registration), EFI_INVALID_PARAMETER);
    assert_int_equal(protocol_notify_register(&guid, NULL, &registration), EFI_INVALID_PARAMETER);
    assert_int_equal(protocol_notify_register(&guid, wild, &registration), EFI_INVALID_PARAMETER);
    assert_int_equal(protocol_notify_register(&guid, event, NULL), EFI_INVALID_PARAMETER);
    assert_null(registration);
}

static void test_no_registration_without_memory(void **state)
{
    EFI_EVENT event = create_event(count_notification);
    void *registration = NULL;

    (void)state;
    fake_memory_exhaust();
    assert_int_equal(protocol_notify_register(&guid, event, &registration), EFI_OUT_OF_RESOURCES);
    assert_null(registration);
}

static void *seen_registration;
static EFI_HANDLE seen_handle;

static void EFIAPI look_at_the_new_handle(EFI_EVENT event, void *context)
{
    (void)event;
    (void)context;
    seen_handle = next_handle(seen_registration);
}

static void test_notification_sees_the_new_handle(void **state)
{
    EFI_HANDLE handle;

    (void)state;
    seen_registration = register_event(create_event(look_at_the_new_handle));
    handle = install(&guid, NULL);
    assert_ptr_equal(seen_handle, handle);
}

static EFI_EVENT to_be_closed[2];

static void EFIAPI close_both_events(EFI_EVENT event, void *context)
{
    count_notification(event, context);
    event_close(to_be_closed[0]);
    event_close(to_be_closed[1]);
}

static void test_notification_may_close_the_events_that_wait_with_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        to_be_closed[i] = create_event(close_both_events);
        register_event(to_be_closed[i]);
    }
    register_event(create_event(count_notification));
    install(&guid, NULL);
    assert_int_equal(notified, 2);
}

static void EFIAPI install_another(EFI_EVENT event, void *context)
{
    count_notification(event, context);
    if (notified < 3)
        install(&guid, NULL);
}

static void test_notification_may_install_the_same_protocol(void **state)
{
    void *registration = register_event(create_event(install_another));

    (void)state;
    install(&guid, NULL);
    assert_int_equal(notified, 3);
    for (size_t i = 0; i < 3; i++)
        assert_non_null(next_handle(registration));
    assert_null(next_handle(registration));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_event_is_signalled_for_its_protocol_only, fake_memory_setup),
        cmocka_unit_test_setup(test_event_is_signalled_when_a_protocol_is_reinstalled,
                               fake_memory_setup),
        cmocka_unit_test_setup(test_event_is_not_signalled_when_a_protocol_goes, fake_memory_setup),
        cmocka_unit_test_setup(test_event_without_function_can_be_polled, fake_memory_setup),
        cmocka_unit_test_setup(test_new_handles_come_one_by_one_in_order, fake_memory_setup),
        cmocka_unit_test_setup(test_handles_from_before_the_registration_come_too,
                               fake_memory_setup),
        cmocka_unit_test_setup(test_reinstalled_protocol_comes_again, fake_memory_setup),
        cmocka_unit_test_setup(test_uninstalled_protocol_does_not_come, fake_memory_setup),
        cmocka_unit_test_setup(test_registrations_see_for_themselves, fake_memory_setup),
        cmocka_unit_test_setup(test_buffer_that_is_too_small_does_not_use_up_the_handle,
                               fake_memory_setup),
        cmocka_unit_test_setup(test_locate_handle_buffer_returns_the_new_handle, fake_memory_setup),
        cmocka_unit_test_setup(test_locate_protocol_returns_the_new_interface, fake_memory_setup),
        cmocka_unit_test_setup(test_closed_event_is_forgotten, fake_memory_setup),
        cmocka_unit_test_setup(test_unknown_registration_finds_nothing, fake_memory_setup),
        cmocka_unit_test_setup(test_registration_needs_its_parameters, fake_memory_setup),
        cmocka_unit_test_setup(test_no_registration_without_memory, fake_memory_setup),
        cmocka_unit_test_setup(test_notification_sees_the_new_handle, fake_memory_setup),
        cmocka_unit_test_setup(test_notification_may_close_the_events_that_wait_with_it,
                               fake_memory_setup),
        cmocka_unit_test_setup(test_notification_may_install_the_same_protocol, fake_memory_setup),
    };

    return isolated_run(tests);
}
