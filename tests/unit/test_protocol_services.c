/* The protocol services as clients reach them; HandleProtocol (UEFI 2.10 section 7.3.7). */
#include "shim/protocol/protocol_services.h"

#include "shim/event/event.h"
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/open_protocol.h"
#include "tests/unit/device_paths.h"
#include "tests/unit/isolated.h"
#include "tests/unit/protocol_fixture.h"

static EFI_GUID device_path_guid = EFI_DEVICE_PATH_PROTOCOL_GUID;
static struct path_of_1 path = {.node = {PATH_NODE(1)}, .end = DEVICE_PATH_END};
static struct path_of_2 longer_path = {.node = {PATH_NODE(1), PATH_NODE(2)},
                                       .end = DEVICE_PATH_END};

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
        cmocka_unit_test_setup(test_only_native_interfaces_can_be_installed,
                               protocol_fixture_start),
        cmocka_unit_test_setup(test_single_interfaces_are_reached_through_the_table,
                               protocol_fixture_start),
        cmocka_unit_test_setup(test_searches_are_reached_through_the_table, protocol_fixture_start),
        cmocka_unit_test_setup(test_uses_are_reached_through_the_table, protocol_fixture_start),
        cmocka_unit_test_setup(test_registration_is_reached_through_the_table,
                               protocol_fixture_start),
        cmocka_unit_test_setup(test_handle_protocol_returns_the_interface, protocol_fixture_start),
        cmocka_unit_test_setup(test_handle_protocol_is_a_use_by_the_firmware,
                               protocol_fixture_start),
        cmocka_unit_test_setup(test_handle_protocol_of_an_absent_protocol_is_unsupported,
                               protocol_fixture_start),
        cmocka_unit_test_setup(test_handle_protocol_needs_its_parameters, protocol_fixture_start),
    };

    return isolated_run(tests);
}
