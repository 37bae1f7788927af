/*
 * The protocol services as clients call them: lists of pairs and their rollback (UEFI 2.10 sections
 * 7.3.17 and 7.3.18), HandleProtocol (7.3.7).
 */
#include "shim/protocol/protocol_services.h"

#include "shim/event/event.h"
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/open_protocol.h"
#include "tests/unit/device_paths.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

static EFI_BOOT_SERVICES services;
static EFI_GUID guid_a = {.Data1 = 0xa};
static EFI_GUID guid_b = {.Data1 = 0xb};
static EFI_GUID guid_c = {.Data1 = 0xc};
static EFI_GUID device_path_guid = EFI_DEVICE_PATH_PROTOCOL_GUID;
static int a;
static int b;
static int c;
static struct path_of_1 path = {.node = {PATH_NODE(1)}, .end = DEVICE_PATH_END};
static struct path_of_1 same_path = {.node = {PATH_NODE(1)}, .end = DEVICE_PATH_END};
static struct path_of_2 longer_path = {.node = {PATH_NODE(1), PATH_NODE(2)},
                                       .end = DEVICE_PATH_END};

static int start(void **state)
{
    fake_memory_setup(state);
    protocol_services_install(&services);
    return 0;
}

static EFI_HANDLE install_a_b_c(void)
{
    EFI_HANDLE handle = NULL;

    assert_int_equal(services.InstallMultipleProtocolInterfaces(&handle, &guid_a, &a, &guid_b, &b,
                                                                &guid_c, &c, NULL),
                     EFI_SUCCESS);
    return handle;
}

static void assert_has_a_b_c(EFI_HANDLE handle)
{
    assert_ptr_equal(handle_get_interface(handle, &guid_a), &a);
    assert_ptr_equal(handle_get_interface(handle, &guid_b), &b);
    assert_ptr_equal(handle_get_interface(handle, &guid_c), &c);
}

static void test_install_multiple_installs_all_on_one_new_handle(void **state)
{
    (void)state;
    assert_has_a_b_c(install_a_b_c());
}

static void test_install_multiple_adds_to_a_handle(void **state)
{
    EFI_HANDLE handle = NULL;
    EFI_HANDLE same;

    (void)state;
    handle_install(&handle, &guid_a, &a);
    same = handle;
    assert_int_equal(
        services.InstallMultipleProtocolInterfaces(&same, &guid_b, &b, &guid_c, &c, NULL),
        EFI_SUCCESS);
    assert_ptr_equal(same, handle);
    assert_has_a_b_c(handle);
}

/* More pairs than registers carry. */
static void test_install_multiple_takes_many_pairs(void **state)
{
    static EFI_GUID guids[8];
    EFI_HANDLE handle = NULL;

    (void)state;
    for (uint32_t i = 0; i < 8; i++)
        guids[i].Data1 = i;
    assert_int_equal(services.InstallMultipleProtocolInterfaces(
                         &handle, &guids[0], &guids[0], &guids[1], &guids[1], &guids[2], &guids[2],
                         &guids[3], &guids[3], &guids[4], &guids[4], &guids[5], &guids[5],
                         &guids[6], &guids[6], &guids[7], &guids[7], NULL),
                     EFI_SUCCESS);
    for (size_t i = 0; i < 8; i++)
        assert_ptr_equal(handle_get_interface(handle, &guids[i]), &guids[i]);
}

static void test_install_multiple_of_nothing_does_nothing(void **state)
{
    EFI_HANDLE handle = NULL;

    (void)state;
    assert_int_equal(services.InstallMultipleProtocolInterfaces(&handle, NULL), EFI_SUCCESS);
    assert_null(handle);
}

static void test_install_multiple_takes_back_what_it_installed(void **state)
{
    EFI_HANDLE handle = NULL;

    (void)state;
    handle_install(&handle, &guid_c, &c);
    assert_int_equal(services.InstallMultipleProtocolInterfaces(&handle, &guid_a, &a, &guid_b, &b,
                                                                &guid_c, &c, NULL),
                     EFI_INVALID_PARAMETER);
    assert_null(handle_get_interface(handle, &guid_a));
    assert_null(handle_get_interface(handle, &guid_b));
    assert_ptr_equal(handle_get_interface(handle, &guid_c), &c);
}

static void test_install_multiple_leaves_no_handle_behind(void **state)
{
    EFI_HANDLE handle = NULL;

    (void)state;
    assert_int_equal(services.InstallMultipleProtocolInterfaces(&handle, &guid_a, &a, &guid_b, &b,
                                                                &guid_a, &a, NULL),
                     EFI_INVALID_PARAMETER);
    assert_null(handle);
    assert_true(list_is_empty(handle_list()));
    assert_int_equal(fake_memory_used_pages(), 0);
}

static void test_install_multiple_takes_back_when_memory_is_out(void **state)
{
    EFI_HANDLE handle = NULL;
    void *room = pool_new(sizeof(struct protocol));

    (void)state;
    handle_install(&handle, &guid_a, &a);
    fake_memory_exhaust();
    pool_free(room);
    assert_int_equal(
        services.InstallMultipleProtocolInterfaces(&handle, &guid_b, &b, &guid_c, &c, NULL),
        EFI_OUT_OF_RESOURCES);
    assert_null(handle_get_interface(handle, &guid_b));
    assert_null(handle_get_interface(handle, &guid_c));
}

static void test_install_multiple_needs_a_handle(void **state)
{
    EFI_HANDLE wild = &wild;

    (void)state;
    assert_int_equal(services.InstallMultipleProtocolInterfaces(NULL, &guid_a, &a, NULL),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(services.InstallMultipleProtocolInterfaces(&wild, &guid_a, &a, NULL),
                     EFI_INVALID_PARAMETER);
    assert_ptr_equal(wild, &wild);
    assert_true(list_is_empty(handle_list()));
}

static void test_install_multiple_refuses_a_path_that_is_there(void **state)
{
    EFI_HANDLE first = NULL;
    EFI_HANDLE second = NULL;

    (void)state;
    handle_install(&first, &device_path_guid, &path);
    assert_int_equal(services.InstallMultipleProtocolInterfaces(
                         &second, &guid_a, &a, &device_path_guid, &same_path, NULL),
                     EFI_ALREADY_STARTED);
    assert_null(second);
    assert_null(handle_get_interface(first, &guid_a));
}

static void test_install_multiple_accepts_paths_that_only_begin_alike(void **state)
{
    EFI_HANDLE handles[3] = {NULL, NULL, NULL};
    static struct path_of_1 other_path = {.node = {PATH_NODE(9)}, .end = DEVICE_PATH_END};

    (void)state;
    assert_int_equal(services.InstallMultipleProtocolInterfaces(&handles[0], &device_path_guid,
                                                                &longer_path, NULL),
                     EFI_SUCCESS);
    assert_int_equal(
        services.InstallMultipleProtocolInterfaces(&handles[1], &device_path_guid, &path, NULL),
        EFI_SUCCESS);
    assert_int_equal(services.InstallMultipleProtocolInterfaces(&handles[2], &device_path_guid,
                                                                &other_path, NULL),
                     EFI_SUCCESS);
}

static void test_only_the_device_path_protocol_is_looked_at_as_a_path(void **state)
{
    EFI_HANDLE handles[3] = {NULL, NULL, NULL};

    (void)state;
    handle_install(&handles[0], &device_path_guid, &path);
    assert_int_equal(
        services.InstallMultipleProtocolInterfaces(&handles[1], &guid_a, &same_path, NULL),
        EFI_SUCCESS);
    assert_int_equal(services.InstallMultipleProtocolInterfaces(&handles[2], &device_path_guid,
                                                                (void *)NULL, NULL),
                     EFI_SUCCESS);
}

static void test_uninstall_multiple_removes_all_and_the_handle(void **state)
{
    EFI_HANDLE handle = install_a_b_c();

    (void)state;
    assert_int_equal(services.UninstallMultipleProtocolInterfaces(handle, &guid_a, &a, &guid_b, &b,
                                                                  &guid_c, &c, NULL),
                     EFI_SUCCESS);
    assert_null(handle_find(handle));
    assert_int_equal(fake_memory_used_pages(), 0);
}

static void test_uninstall_multiple_removes_only_what_is_named(void **state)
{
    EFI_HANDLE handle = install_a_b_c();

    (void)state;
    assert_int_equal(
        services.UninstallMultipleProtocolInterfaces(handle, &guid_c, &c, &guid_a, &a, NULL),
        EFI_SUCCESS);
    assert_null(handle_get_interface(handle, &guid_a));
    assert_ptr_equal(handle_get_interface(handle, &guid_b), &b);
    assert_null(handle_get_interface(handle, &guid_c));
}

static void test_uninstall_multiple_puts_back_what_it_removed(void **state)
{
    EFI_HANDLE handle = install_a_b_c();

    (void)state;
    assert_int_equal(services.UninstallMultipleProtocolInterfaces(handle, &guid_a, &a, &guid_b, &b,
                                                                  &guid_c, &a, NULL),
                     EFI_INVALID_PARAMETER);
    assert_has_a_b_c(handle);
}

static void test_uninstall_multiple_puts_back_nothing_that_was_not_there(void **state)
{
    EFI_HANDLE handle = install_a_b_c();
    EFI_GUID absent = {.Data1 = 0xd};

    (void)state;
    assert_int_equal(
        services.UninstallMultipleProtocolInterfaces(handle, &guid_a, &a, &absent, &b, NULL),
        EFI_INVALID_PARAMETER);
    assert_has_a_b_c(handle);
    assert_null(handle_find_protocol(handle_find(handle), &absent));
}

static void test_uninstall_multiple_puts_back_the_last_protocol(void **state)
{
    EFI_HANDLE handle = install_a_b_c();

    (void)state;
    assert_int_equal(services.UninstallMultipleProtocolInterfaces(handle, &guid_a, &a, &guid_b, &b,
                                                                  &guid_c, &c, &guid_a, &a, NULL),
                     EFI_INVALID_PARAMETER);
    assert_ptr_equal(handle_find(handle), handle);
    assert_has_a_b_c(handle);
}

static void test_uninstall_multiple_puts_back_when_a_protocol_is_in_use(void **state)
{
    EFI_HANDLE handle = install_a_b_c();
    void *interface;

    (void)state;
    assert_int_equal(services.OpenProtocol(handle, &guid_b, &interface, handle, handle,
                                           EFI_OPEN_PROTOCOL_BY_DRIVER),
                     EFI_SUCCESS);
    assert_int_equal(services.UninstallMultipleProtocolInterfaces(handle, &guid_a, &a, &guid_b, &b,
                                                                  &guid_c, &c, NULL),
                     EFI_INVALID_PARAMETER);
    assert_has_a_b_c(handle);
}

static void test_uninstall_multiple_needs_a_handle(void **state)
{
    EFI_HANDLE wild = &wild;
    EFI_HANDLE handle = install_a_b_c();

    (void)state;
    assert_int_equal(services.UninstallMultipleProtocolInterfaces(NULL, &guid_a, &a, NULL),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(services.UninstallMultipleProtocolInterfaces(wild, &guid_a, &a, NULL),
                     EFI_INVALID_PARAMETER);
    assert_has_a_b_c(handle);
}

static void test_only_native_interfaces_can_be_installed(void **state)
{
    EFI_HANDLE handle = NULL;

    (void)state;
    assert_int_equal(services.InstallProtocolInterface(&handle, &guid_a, (EFI_INTERFACE_TYPE)1, &a),
                     EFI_INVALID_PARAMETER);
    assert_null(handle);
    assert_int_equal(services.InstallProtocolInterface(&handle, &guid_a, EFI_NATIVE_INTERFACE, &a),
                     EFI_SUCCESS);
    assert_ptr_equal(handle_get_interface(handle, &guid_a), &a);
}

static void test_single_interfaces_are_reached_through_the_table(void **state)
{
    EFI_HANDLE handle = install_a_b_c();

    (void)state;
    assert_int_equal(services.ReinstallProtocolInterface(handle, &guid_a, &a, &b), EFI_SUCCESS);
    assert_ptr_equal(handle_get_interface(handle, &guid_a), &b);
    assert_int_equal(services.UninstallProtocolInterface(handle, &guid_a, &b), EFI_SUCCESS);
    assert_null(handle_get_interface(handle, &guid_a));
}

static void test_searches_are_reached_through_the_table(void **state)
{
    EFI_DEVICE_PATH *rest = (EFI_DEVICE_PATH *)(void *)&longer_path;
    EFI_HANDLE handle = install_a_b_c();
    EFI_HANDLE found = NULL;
    EFI_HANDLE *buffer = NULL;
    EFI_GUID **guids = NULL;
    UINTN bytes = sizeof(found);
    UINTN count = 0;
    void *interface = NULL;

    (void)state;
    handle_install(&handle, &device_path_guid, &path);
    assert_int_equal(services.LocateHandle(ByProtocol, &guid_a, NULL, &bytes, &found), EFI_SUCCESS);
    assert_ptr_equal(found, handle);
    assert_int_equal(services.LocateHandleBuffer(ByProtocol, &guid_a, NULL, &count, &buffer),
                     EFI_SUCCESS);
    assert_ptr_equal(buffer[0], handle);
    assert_int_equal(services.LocateProtocol(&guid_b, NULL, &interface), EFI_SUCCESS);
    assert_ptr_equal(interface, &b);
    found = NULL;
    assert_int_equal(services.LocateDevicePath(&guid_a, &rest, &found), EFI_SUCCESS);
    assert_ptr_equal(found, handle);
    assert_ptr_equal(rest, &longer_path.node[1]);
    assert_int_equal(services.ProtocolsPerHandle(handle, &guids, &count), EFI_SUCCESS);
    assert_int_equal(count, 4);
}

static void test_uses_are_reached_through_the_table(void **state)
{
    EFI_HANDLE handle = install_a_b_c();
    EFI_OPEN_PROTOCOL_INFORMATION_ENTRY *entries;
    UINTN count;
    void *interface;

    (void)state;
    services.OpenProtocol(handle, &guid_a, &interface, handle, NULL,
                          EFI_OPEN_PROTOCOL_GET_PROTOCOL);
    assert_int_equal(services.CloseProtocol(handle, &guid_a, handle, NULL), EFI_SUCCESS);
    assert_int_equal(services.OpenProtocolInformation(handle, &guid_a, &entries, &count),
                     EFI_SUCCESS);
    assert_int_equal(count, 0);
}

static void test_registration_is_reached_through_the_table(void **state)
{
    EFI_EVENT event;
    void *registration;

    (void)state;
    assert_int_equal(event_create(0, 0, NULL, NULL, NULL, &event), EFI_SUCCESS);
    assert_int_equal(services.RegisterProtocolNotify(&guid_a, event, &registration), EFI_SUCCESS);
    install_a_b_c();
    assert_int_equal(event_check(event), EFI_SUCCESS);
}

static void test_handle_protocol_returns_the_interface(void **state)
{
    EFI_HANDLE handle = install_a_b_c();
    void *interface = NULL;

    (void)state;
    assert_int_equal(services.HandleProtocol(handle, &guid_b, &interface), EFI_SUCCESS);
    assert_ptr_equal(interface, &b);
}

static void test_handle_protocol_is_a_use_by_the_firmware(void **state)
{
    EFI_HANDLE handle = install_a_b_c();
    EFI_HANDLE firmware = install_a_b_c();
    EFI_OPEN_PROTOCOL_INFORMATION_ENTRY *entries;
    UINTN count;
    void *interface;

    (void)state;
    services.HandleProtocol(handle, &guid_a, &interface);
    open_protocol_set_firmware(firmware);
    services.HandleProtocol(handle, &guid_a, &interface);
    assert_int_equal(services.OpenProtocolInformation(handle, &guid_a, &entries, &count),
                     EFI_SUCCESS);
    assert_int_equal(count, 1);
    assert_ptr_equal(entries[0].AgentHandle, firmware);
    assert_null(entries[0].ControllerHandle);
    assert_int_equal(entries[0].Attributes, EFI_OPEN_PROTOCOL_BY_HANDLE_PROTOCOL);
    pool_free(entries);
}

static void test_handle_protocol_of_an_absent_protocol_is_unsupported(void **state)
{
    void *interface = &interface;

    (void)state;
    assert_int_equal(services.HandleProtocol(install_a_b_c(), &device_path_guid, &interface),
                     EFI_UNSUPPORTED);
    assert_null(interface);
}

static void test_handle_protocol_needs_its_parameters(void **state)
{
    EFI_HANDLE handle = install_a_b_c();
    void *interface;

    (void)state;
    assert_int_equal(services.HandleProtocol(NULL, &guid_a, &interface), EFI_INVALID_PARAMETER);
    assert_int_equal(services.HandleProtocol(handle, NULL, &interface), EFI_INVALID_PARAMETER);
    assert_int_equal(services.HandleProtocol(handle, &guid_a, NULL), EFI_INVALID_PARAMETER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_install_multiple_installs_all_on_one_new_handle, start),
        cmocka_unit_test_setup(test_install_multiple_adds_to_a_handle, start),
        cmocka_unit_test_setup(test_install_multiple_takes_many_pairs, start),
        cmocka_unit_test_setup(test_install_multiple_of_nothing_does_nothing, start),
        cmocka_unit_test_setup(test_install_multiple_takes_back_what_it_installed, start),
        cmocka_unit_test_setup(test_install_multiple_leaves_no_handle_behind, start),
        cmocka_unit_test_setup(test_install_multiple_takes_back_when_memory_is_out, start),
        cmocka_unit_test_setup(test_install_multiple_needs_a_handle, start),
        cmocka_unit_test_setup(test_install_multiple_refuses_a_path_that_is_there, start),
        cmocka_unit_test_setup(test_install_multiple_accepts_paths_that_only_begin_alike, start),
        cmocka_unit_test_setup(test_only_the_device_path_protocol_is_looked_at_as_a_path, start),
        cmocka_unit_test_setup(test_uninstall_multiple_removes_all_and_the_handle, start),
        cmocka_unit_test_setup(test_uninstall_multiple_removes_only_what_is_named, start),
        cmocka_unit_test_setup(test_uninstall_multiple_puts_back_what_it_removed, start),
        cmocka_unit_test_setup(test_uninstall_multiple_puts_back_nothing_that_was_not_there, start),
        cmocka_unit_test_setup(test_uninstall_multiple_puts_back_the_last_protocol, start),
        cmocka_unit_test_setup(test_uninstall_multiple_puts_back_when_a_protocol_is_in_use, start),
        cmocka_unit_test_setup(test_uninstall_multiple_needs_a_handle, start),
        cmocka_unit_test_setup(test_only_native_interfaces_can_be_installed, start),
        cmocka_unit_test_setup(test_single_interfaces_are_reached_through_the_table, start),
        cmocka_unit_test_setup(test_searches_are_reached_through_the_table, start),
        cmocka_unit_test_setup(test_uses_are_reached_through_the_table, start),
        cmocka_unit_test_setup(test_registration_is_reached_through_the_table, start),
        cmocka_unit_test_setup(test_handle_protocol_returns_the_interface, start),
        cmocka_unit_test_setup(test_handle_protocol_is_a_use_by_the_firmware, start),
        cmocka_unit_test_setup(test_handle_protocol_of_an_absent_protocol_is_unsupported, start),
        cmocka_unit_test_setup(test_handle_protocol_needs_its_parameters, start),
    };

    return isolated_run(tests);
}
