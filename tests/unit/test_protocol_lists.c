/* Lists of protocols that come and go together, and their rollback (UEFI 2.10
 * sections 7.3.17, 7.3.18). */
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/open_protocol.h"
#include "tests/unit/device_paths.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"
#include "tests/unit/protocol_fixture.h"

static EFI_GUID device_path_guid = EFI_DEVICE_PATH_PROTOCOL_GUID;
static struct path_of_1 path = {.node = {PATH_NODE(1)}, .end = DEVICE_PATH_END};
static struct path_of_1 same_path = {.node = {PATH_NODE(1)}, .end = DEVICE_PATH_END};
static struct path_of_2 longer_path = {.node = {PATH_NODE(1), PATH_NODE(2)},
                                       .end = DEVICE_PATH_END};

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_install_multiple_installs_all_on_one_new_handle,
                               protocol_fixture_start),
        cmocka_unit_test_setup(test_install_multiple_adds_to_a_handle, protocol_fixture_start),
        cmocka_unit_test_setup(test_install_multiple_takes_many_pairs, protocol_fixture_start),
        cmocka_unit_test_setup(test_install_multiple_of_nothing_does_nothing,
                               protocol_fixture_start),
        cmocka_unit_test_setup(test_install_multiple_takes_back_what_it_installed,
                               protocol_fixture_start),
        cmocka_unit_test_setup(test_install_multiple_leaves_no_handle_behind,
                               protocol_fixture_start),
        cmocka_unit_test_setup(test_install_multiple_takes_back_when_memory_is_out,
                               protocol_fixture_start),
        cmocka_unit_test_setup(test_install_multiple_needs_a_handle, protocol_fixture_start),
        cmocka_unit_test_setup(test_install_multiple_refuses_a_path_that_is_there,
                               protocol_fixture_start),
        cmocka_unit_test_setup(test_install_multiple_accepts_paths_that_only_begin_alike,
                               protocol_fixture_start),
        cmocka_unit_test_setup(test_only_the_device_path_protocol_is_looked_at_as_a_path,
                               protocol_fixture_start),
        cmocka_unit_test_setup(test_uninstall_multiple_removes_all_and_the_handle,
                               protocol_fixture_start),
        cmocka_unit_test_setup(test_uninstall_multiple_removes_only_what_is_named,
                               protocol_fixture_start),
        cmocka_unit_test_setup(test_uninstall_multiple_puts_back_what_it_removed,
                               protocol_fixture_start),
        cmocka_unit_test_setup(test_uninstall_multiple_puts_back_nothing_that_was_not_there,
                               protocol_fixture_start),
        cmocka_unit_test_setup(test_uninstall_multiple_puts_back_the_last_protocol,
                               protocol_fixture_start),
        cmocka_unit_test_setup(test_uninstall_multiple_puts_back_when_a_protocol_is_in_use,
                               protocol_fixture_start),
        cmocka_unit_test_setup(test_uninstall_multiple_needs_a_handle, protocol_fixture_start),
    };

    return isolated_run(tests);
}
