/* The handle database (UEFI 2.10 sections 7.3.2–7.3.4). */
#include "shim/protocol/handle.h"

#include "shim/memory/pool.h"
#include "shim/protocol/open_protocol.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

static const EFI_GUID guid_a = {.Data1 = 0xa};
static const EFI_GUID guid_b = {.Data1 = 0xb};
static int interface_a;
static int interface_b;

static EFI_HANDLE install_new(const EFI_GUID *guid, void *interface)
{
    EFI_HANDLE handle = NULL;

    assert_int_equal(handle_install(&handle, guid, interface), EFI_SUCCESS);
    assert_non_null(handle);
    return handle;
}

static size_t handle_count(void)
{
    size_t count = 0;

    list_for_each (link, next, handle_list())
        count++;
    return count;
}

static void test_null_handle_makes_a_new_one(void **state)
{
    EFI_HANDLE handle = install_new(&guid_a, &interface_a);

    (void)state;
    assert_ptr_equal(handle_find(handle), handle);
    assert_ptr_equal(handle_get_interface(handle, &guid_a), &interface_a);
    assert_int_equal(handle_count(), 1);
}

static void test_handle_takes_several_protocols(void **state)
{
    EFI_HANDLE handle = install_new(&guid_a, &interface_a);
    EFI_HANDLE same = handle;

    (void)state;
    assert_int_equal(handle_install(&same, &guid_b, &interface_b), EFI_SUCCESS);
    assert_ptr_equal(same, handle);
    assert_int_equal(handle_count(), 1);
    assert_ptr_equal(handle_get_interface(handle, &guid_a), &interface_a);
    assert_ptr_equal(handle_get_interface(handle, &guid_b), &interface_b);
}

static void test_guid_is_copied(void **state)
{
    EFI_GUID guid = guid_a;
    EFI_HANDLE handle = install_new(&guid, &interface_a);

    (void)state;
    guid = guid_b;
    assert_ptr_equal(handle_get_interface(handle, &guid_a), &interface_a);
    assert_null(handle_get_interface(handle, &guid_b));
}

static void test_interface_may_be_null(void **state)
{
    EFI_HANDLE handle = install_new(&guid_a, NULL);

    (void)state;
    assert_non_null(handle_find_protocol(handle_find(handle), &guid_a));
    assert_int_equal(handle_uninstall(handle, &guid_a, NULL), EFI_SUCCESS);
}

static void test_same_protocol_twice_is_refused(void **state)
{
    EFI_HANDLE handle = install_new(&guid_a, &interface_a);

    (void)state;
    assert_int_equal(handle_install(&handle, &guid_a, &interface_b), EFI_INVALID_PARAMETER);
    assert_ptr_equal(handle_get_interface(handle, &guid_a), &interface_a);
}

static void test_install_needs_its_parameters(void **state)
{
    EFI_HANDLE handle = NULL;

    (void)state;
    assert_int_equal(handle_install(NULL, &guid_a, &interface_a), EFI_INVALID_PARAMETER);
    assert_int_equal(handle_install(&handle, NULL, &interface_a), EFI_INVALID_PARAMETER);
    assert_null(handle);
    assert_int_equal(handle_count(), 0);
}

static void test_pointers_that_are_no_handles_are_refused(void **state)
{
    EFI_HANDLE wild = &wild;
    EFI_HANDLE handle = install_new(&guid_a, &interface_a);

    (void)state;
    assert_null(handle_find(NULL));
    assert_null(handle_find(wild));
    assert_null(handle_get_interface(wild, &guid_a));
    assert_int_equal(handle_install(&wild, &guid_b, &interface_b), EFI_INVALID_PARAMETER);
    assert_int_equal(handle_uninstall(wild, &guid_a, &interface_a), EFI_INVALID_PARAMETER);
    assert_int_equal(handle_reinstall(wild, &guid_a, &interface_a, &interface_b),
                     EFI_INVALID_PARAMETER);
    assert_ptr_equal(handle_get_interface(handle, &guid_a), &interface_a);
}

static void test_handles_are_listed_oldest_first(void **state)
{
    EFI_HANDLE expected[3];
    size_t i = 0;

    (void)state;
    for (i = 0; i < 3; i++)
        expected[i] = install_new(&guid_a, &interface_a);
    handle_install(&expected[0], &guid_b, &interface_b);
    i = 0;
    list_for_each (link, next, handle_list())
        assert_ptr_equal(container_of(link, struct handle, link), expected[i++]);
    assert_int_equal(i, 3);
}

static void test_handle_goes_with_its_last_protocol(void **state)
{
    EFI_HANDLE handle = install_new(&guid_a, &interface_a);

    (void)state;
    handle_install(&handle, &guid_b, &interface_b);
    assert_int_equal(handle_uninstall(handle, &guid_a, &interface_a), EFI_SUCCESS);
    assert_non_null(handle_find(handle));
    assert_null(handle_get_interface(handle, &guid_a));
    assert_int_equal(handle_uninstall(handle, &guid_b, &interface_b), EFI_SUCCESS);
    assert_null(handle_find(handle));
    assert_int_equal(fake_memory_used_pages(), 0);
}

static void test_uninstall_needs_the_very_interface(void **state)
{
    EFI_HANDLE handle = install_new(&guid_a, &interface_a);

    (void)state;
    assert_int_equal(handle_uninstall(handle, &guid_a, &interface_b), EFI_NOT_FOUND);
    assert_int_equal(handle_uninstall(handle, &guid_a, NULL), EFI_NOT_FOUND);
    assert_int_equal(handle_uninstall(handle, &guid_b, &interface_a), EFI_NOT_FOUND);
    assert_int_equal(handle_uninstall(handle, NULL, &interface_a), EFI_INVALID_PARAMETER);
    assert_ptr_equal(handle_get_interface(handle, &guid_a), &interface_a);
}

static void test_reinstall_replaces_the_interface(void **state)
{
    EFI_HANDLE handle = install_new(&guid_a, &interface_a);

    (void)state;
    assert_int_equal(handle_reinstall(handle, &guid_a, &interface_a, &interface_b), EFI_SUCCESS);
    assert_ptr_equal(handle_get_interface(handle, &guid_a), &interface_b);
    assert_int_equal(handle_reinstall(handle, &guid_a, &interface_b, &interface_b), EFI_SUCCESS);
    assert_ptr_equal(handle_get_interface(handle, &guid_a), &interface_b);
}

static void test_reinstall_needs_the_very_interface(void **state)
{
    EFI_HANDLE handle = install_new(&guid_a, &interface_a);

    (void)state;
    assert_int_equal(handle_reinstall(handle, &guid_a, &interface_b, &interface_b), EFI_NOT_FOUND);
    assert_int_equal(handle_reinstall(handle, &guid_b, &interface_a, &interface_b), EFI_NOT_FOUND);
    assert_int_equal(handle_reinstall(handle, NULL, &interface_a, &interface_b),
                     EFI_INVALID_PARAMETER);
    assert_ptr_equal(handle_get_interface(handle, &guid_a), &interface_a);
}

/* Uses of a protocol by this kind end with it, or keep it where it is. */
static const struct {
    uint32_t attributes;
    EFI_STATUS expected;
} uses[] = {
    {EFI_OPEN_PROTOCOL_BY_HANDLE_PROTOCOL, EFI_SUCCESS},
    {EFI_OPEN_PROTOCOL_GET_PROTOCOL, EFI_SUCCESS},
    {EFI_OPEN_PROTOCOL_TEST_PROTOCOL, EFI_SUCCESS},
    {EFI_OPEN_PROTOCOL_BY_CHILD_CONTROLLER, EFI_ACCESS_DENIED},
    {EFI_OPEN_PROTOCOL_BY_DRIVER, EFI_ACCESS_DENIED},
    {EFI_OPEN_PROTOCOL_BY_DRIVER | EFI_OPEN_PROTOCOL_EXCLUSIVE, EFI_ACCESS_DENIED},
    {EFI_OPEN_PROTOCOL_EXCLUSIVE, EFI_ACCESS_DENIED},
};

static EFI_HANDLE install_used(uint32_t attributes, EFI_HANDLE agent)
{
    EFI_HANDLE handle = install_new(&guid_a, &interface_a);
    void *interface;

    assert_int_equal(open_protocol(handle, &guid_a, &interface, agent, agent, attributes),
                     EFI_SUCCESS);
    return handle;
}

static void test_uninstall_is_denied_while_somebody_does_not_let_go(void **state)
{
    EFI_HANDLE agent = install_new(&guid_b, &interface_b);

    (void)state;
    for (size_t i = 0; i < sizeof(uses) / sizeof(uses[0]); i++) {
        EFI_HANDLE handle = install_used(uses[i].attributes, agent);

        assert_int_equal(handle_uninstall(handle, &guid_a, &interface_a), uses[i].expected);
        if (uses[i].expected == EFI_SUCCESS)
            continue;
        assert_ptr_equal(handle_get_interface(handle, &guid_a), &interface_a);
        assert_int_equal(close_protocol(handle, &guid_a, agent, agent), EFI_SUCCESS);
        assert_int_equal(handle_uninstall(handle, &guid_a, &interface_a), EFI_SUCCESS);
    }
}

static void test_reinstall_is_denied_while_somebody_does_not_let_go(void **state)
{
    EFI_HANDLE agent = install_new(&guid_b, &interface_b);

    (void)state;
    for (size_t i = 0; i < sizeof(uses) / sizeof(uses[0]); i++) {
        EFI_HANDLE handle = install_used(uses[i].attributes, agent);

        assert_int_equal(handle_reinstall(handle, &guid_a, &interface_a, &interface_b),
                         uses[i].expected);
        assert_ptr_equal(handle_get_interface(handle, &guid_a),
                         uses[i].expected == EFI_SUCCESS ? &interface_b : &interface_a);
    }
}

static void test_reinstall_ends_lookups(void **state)
{
    EFI_OPEN_PROTOCOL_INFORMATION_ENTRY *entries;
    EFI_HANDLE agent = install_new(&guid_b, &interface_b);
    EFI_HANDLE handle = install_used(EFI_OPEN_PROTOCOL_GET_PROTOCOL, agent);
    UINTN count = 1;

    (void)state;
    assert_int_equal(handle_reinstall(handle, &guid_a, &interface_a, &interface_b), EFI_SUCCESS);
    assert_int_equal(open_protocol_information(handle, &guid_a, &entries, &count), EFI_SUCCESS);
    assert_int_equal(count, 0);
}

static void test_uninstall_forgets_lookups(void **state)
{
    EFI_HANDLE agent = install_new(&guid_b, &interface_b);
    EFI_HANDLE handle = install_used(EFI_OPEN_PROTOCOL_BY_HANDLE_PROTOCOL, agent);

    (void)state;
    assert_int_equal(handle_uninstall(handle, &guid_a, &interface_a), EFI_SUCCESS);
    assert_int_equal(handle_uninstall(agent, &guid_b, &interface_b), EFI_SUCCESS);
    assert_int_equal(fake_memory_used_pages(), 0);
}

static void test_no_handle_without_memory(void **state)
{
    EFI_HANDLE handle = NULL;

    (void)state;
    fake_memory_exhaust();
    assert_int_equal(handle_install(&handle, &guid_a, &interface_a), EFI_OUT_OF_RESOURCES);
    assert_null(handle);
    assert_int_equal(handle_count(), 0);
}

static void test_no_handle_is_left_without_memory_for_its_protocol(void **state)
{
    void *room_for_the_handle = pool_new(sizeof(struct handle));
    EFI_HANDLE handle = NULL;

    (void)state;
    fake_memory_exhaust();
    pool_free(room_for_the_handle);
    assert_int_equal(handle_install(&handle, &guid_a, &interface_a), EFI_OUT_OF_RESOURCES);
    assert_null(handle);
    assert_int_equal(handle_count(), 0);
}

static void test_handle_stays_as_it_is_without_memory(void **state)
{
    EFI_HANDLE handle = install_new(&guid_a, &interface_a);

    (void)state;
    fake_memory_exhaust();
    assert_int_equal(handle_install(&handle, &guid_b, &interface_b), EFI_OUT_OF_RESOURCES);
    assert_null(handle_get_interface(handle, &guid_b));
    assert_ptr_equal(handle_get_interface(handle, &guid_a), &interface_a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_null_handle_makes_a_new_one, fake_memory_setup),
        cmocka_unit_test_setup(test_handle_takes_several_protocols, fake_memory_setup),
        cmocka_unit_test_setup(test_guid_is_copied, fake_memory_setup),
        cmocka_unit_test_setup(test_interface_may_be_null, fake_memory_setup),
        cmocka_unit_test_setup(test_same_protocol_twice_is_refused, fake_memory_setup),
        cmocka_unit_test_setup(test_install_needs_its_parameters, fake_memory_setup),
        cmocka_unit_test_setup(test_pointers_that_are_no_handles_are_refused, fake_memory_setup),
        cmocka_unit_test_setup(test_handles_are_listed_oldest_first, fake_memory_setup),
        cmocka_unit_test_setup(test_handle_goes_with_its_last_protocol, fake_memory_setup),
        cmocka_unit_test_setup(test_uninstall_needs_the_very_interface, fake_memory_setup),
        cmocka_unit_test_setup(test_reinstall_replaces_the_interface, fake_memory_setup),
        cmocka_unit_test_setup(test_reinstall_needs_the_very_interface, fake_memory_setup),
        cmocka_unit_test_setup(test_uninstall_is_denied_while_somebody_does_not_let_go,
                               fake_memory_setup),
        cmocka_unit_test_setup(test_reinstall_is_denied_while_somebody_does_not_let_go,
                               fake_memory_setup),
        cmocka_unit_test_setup(test_reinstall_ends_lookups, fake_memory_setup),
        cmocka_unit_test_setup(test_uninstall_forgets_lookups, fake_memory_setup),
        cmocka_unit_test_setup(test_no_handle_without_memory, fake_memory_setup),
        cmocka_unit_test_setup(test_no_handle_is_left_without_memory_for_its_protocol,
                               fake_memory_setup),
        cmocka_unit_test_setup(test_handle_stays_as_it_is_without_memory, fake_memory_setup),
    };

    return isolated_run(tests);
}
