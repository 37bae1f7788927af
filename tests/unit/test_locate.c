/* Finding handles and protocols (UEFI 2.10 sections 7.3.6, 7.3.14–7.3.16). */
#include "shim/protocol/locate.h"

#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

static const EFI_GUID guid_a = {.Data1 = 0xa};
static const EFI_GUID guid_b = {.Data1 = 0xb};
static const EFI_GUID guid_absent = {.Data1 = 0xc};
static int interfaces_a[2];

/* Four of them, oldest first: a, b, a and b, b. */
static EFI_HANDLE handles[4];

static void install(EFI_HANDLE *handle, const EFI_GUID *guid, void *interface)
{
    assert_int_equal(handle_install(handle, guid, interface), EFI_SUCCESS);
}

static int start(void **state)
{
    fake_memory_setup(state);
    install(&handles[0], &guid_a, &interfaces_a[0]);
    install(&handles[1], &guid_b, NULL);
    install(&handles[2], &guid_a, &interfaces_a[1]);
    install(&handles[2], &guid_b, NULL);
    install(&handles[3], &guid_b, NULL);
    return 0;
}

static void test_all_handles_oldest_first(void **state)
{
    EFI_HANDLE found[4];
    UINTN bytes = sizeof(found);

    (void)state;
    assert_int_equal(locate_handle(AllHandles, NULL, NULL, &bytes, found), EFI_SUCCESS);
    assert_int_equal(bytes, sizeof(found));
    assert_memory_equal(found, handles, sizeof(found));
}

static void test_handles_with_a_protocol(void **state)
{
    EFI_HANDLE found[4] = {NULL};
    UINTN bytes = sizeof(found);

    (void)state;
    assert_int_equal(locate_handle(ByProtocol, &guid_a, NULL, &bytes, found), EFI_SUCCESS);
    assert_int_equal(bytes, 2 * sizeof(found[0]));
    assert_ptr_equal(found[0], handles[0]);
    assert_ptr_equal(found[1], handles[2]);
    assert_null(found[2]);
}

static void test_all_handles_do_not_look_at_the_protocol(void **state)
{
    EFI_HANDLE found[4];
    UINTN bytes = sizeof(found);

    (void)state;
    assert_int_equal(locate_handle(AllHandles, &guid_absent, NULL, &bytes, found), EFI_SUCCESS);
    assert_int_equal(bytes, sizeof(found));
}

static void test_size_query_needs_no_buffer(void **state)
{
    UINTN bytes = 0;

    (void)state;
    assert_int_equal(locate_handle(ByProtocol, &guid_b, NULL, &bytes, NULL), EFI_BUFFER_TOO_SMALL);
    assert_int_equal(bytes, 3 * sizeof(EFI_HANDLE));
}

static void test_buffer_one_byte_too_small(void **state)
{
    EFI_HANDLE found[3] = {NULL};
    UINTN bytes = sizeof(found) - 1;

    (void)state;
    assert_int_equal(locate_handle(ByProtocol, &guid_b, NULL, &bytes, found), EFI_BUFFER_TOO_SMALL);
    assert_int_equal(bytes, sizeof(found));
    assert_null(found[2]);
}

static void test_no_handle_is_not_found(void **state)
{
    EFI_HANDLE found[4];
    UINTN bytes = sizeof(found);

    (void)state;
    assert_int_equal(locate_handle(ByProtocol, &guid_absent, NULL, &bytes, found), EFI_NOT_FOUND);
    bytes = 0;
    assert_int_equal(locate_handle(ByProtocol, &guid_absent, NULL, &bytes, NULL), EFI_NOT_FOUND);
}

static void test_locate_handle_needs_its_parameters(void **state)
{
    EFI_HANDLE found[4];
    UINTN bytes = sizeof(found);

    (void)state;
    assert_int_equal(locate_handle(AllHandles, NULL, NULL, NULL, found), EFI_INVALID_PARAMETER);
    assert_int_equal(locate_handle(AllHandles, NULL, NULL, &bytes, NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(locate_handle(ByProtocol, NULL, NULL, &bytes, found), EFI_INVALID_PARAMETER);
    assert_int_equal(locate_handle(ByRegisterNotify, NULL, NULL, &bytes, found),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(locate_handle((EFI_LOCATE_SEARCH_TYPE)3, &guid_a, NULL, &bytes, found),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(locate_handle((EFI_LOCATE_SEARCH_TYPE)-1, &guid_a, NULL, &bytes, found),
                     EFI_INVALID_PARAMETER);
}

static void test_buffer_of_handles_is_allocated(void **state)
{
    EFI_HANDLE *found;
    UINTN count;

    (void)state;
    assert_int_equal(locate_handle_buffer(ByProtocol, &guid_b, NULL, &count, &found), EFI_SUCCESS);
    assert_int_equal(count, 3);
    assert_memory_equal(found, &handles[1], sizeof(handles) - sizeof(handles[0]));
    assert_int_equal(pool_free(found), EFI_SUCCESS);
}

static void test_no_buffer_when_no_handle_is_found(void **state)
{
    uint64_t used = fake_memory_used_pages();
    EFI_HANDLE *found = handles;
    UINTN count = 4;

    (void)state;
    assert_int_equal(locate_handle_buffer(ByProtocol, &guid_absent, NULL, &count, &found),
                     EFI_NOT_FOUND);
    assert_int_equal(count, 0);
    assert_null(found);
    assert_int_equal(fake_memory_used_pages(), used);
}

static void test_no_buffer_without_memory(void **state)
{
    EFI_HANDLE *found = handles;
    UINTN count = 4;

    (void)state;
    fake_memory_exhaust();
    assert_int_equal(locate_handle_buffer(AllHandles, NULL, NULL, &count, &found),
                     EFI_OUT_OF_RESOURCES);
    assert_int_equal(count, 0);
    assert_null(found);
}

static void test_locate_handle_buffer_needs_its_parameters(void **state)
{
    EFI_HANDLE *found;
    UINTN count;

    (void)state;
    assert_int_equal(locate_handle_buffer(AllHandles, NULL, NULL, NULL, &found),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(locate_handle_buffer(AllHandles, NULL, NULL, &count, NULL),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(locate_handle_buffer(ByProtocol, NULL, NULL, &count, &found),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(locate_handle_buffer(ByRegisterNotify, NULL, NULL, &count, &found),
                     EFI_INVALID_PARAMETER);
}

static void test_protocol_of_the_oldest_handle_is_located(void **state)
{
    void *interface = NULL;

    (void)state;
    assert_int_equal(locate_protocol(&guid_a, NULL, &interface), EFI_SUCCESS);
    assert_ptr_equal(interface, &interfaces_a[0]);
    assert_int_equal(handle_uninstall(handles[0], &guid_a, &interfaces_a[0]), EFI_SUCCESS);
    assert_int_equal(locate_protocol(&guid_a, NULL, &interface), EFI_SUCCESS);
    assert_ptr_equal(interface, &interfaces_a[1]);
}

static void test_absent_protocol_is_not_located(void **state)
{
    void *interface = &interface;

    (void)state;
    assert_int_equal(locate_protocol(&guid_absent, NULL, &interface), EFI_NOT_FOUND);
    assert_null(interface);
}

static void test_locate_protocol_needs_its_parameters(void **state)
{
    void *interface;

    (void)state;
    assert_int_equal(locate_protocol(NULL, NULL, &interface), EFI_INVALID_PARAMETER);
    assert_int_equal(locate_protocol(&guid_a, NULL, NULL), EFI_INVALID_PARAMETER);
}

static void test_all_protocols_of_a_handle(void **state)
{
    EFI_GUID **guids;
    UINTN count;

    (void)state;
    assert_int_equal(locate_protocols_of(handles[2], &guids, &count), EFI_SUCCESS);
    assert_int_equal(count, 2);
    assert_int_equal(guids[0]->Data1 + guids[1]->Data1, 0xa + 0xb);
    assert_int_not_equal(guids[0]->Data1, guids[1]->Data1);
    assert_int_equal(pool_free(guids), EFI_SUCCESS);
}

static void test_no_list_of_protocols_without_memory(void **state)
{
    EFI_GUID **guids;
    UINTN count;

    (void)state;
    fake_memory_exhaust();
    assert_int_equal(locate_protocols_of(handles[2], &guids, &count), EFI_OUT_OF_RESOURCES);
}

static void test_protocols_of_needs_its_parameters(void **state)
{
    EFI_HANDLE wild = &wild;
    EFI_GUID **guids;
    UINTN count;

    (void)state;
    assert_int_equal(locate_protocols_of(NULL, &guids, &count), EFI_INVALID_PARAMETER);
    assert_int_equal(locate_protocols_of(wild, &guids, &count), EFI_INVALID_PARAMETER);
    assert_int_equal(locate_protocols_of(handles[0], NULL, &count), EFI_INVALID_PARAMETER);
    assert_int_equal(locate_protocols_of(handles[0], &guids, NULL), EFI_INVALID_PARAMETER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_all_handles_oldest_first, start),
        cmocka_unit_test_setup(test_handles_with_a_protocol, start),
        cmocka_unit_test_setup(test_all_handles_do_not_look_at_the_protocol, start),
        cmocka_unit_test_setup(test_size_query_needs_no_buffer, start),
        cmocka_unit_test_setup(test_buffer_one_byte_too_small, start),
        cmocka_unit_test_setup(test_no_handle_is_not_found, start),
        cmocka_unit_test_setup(test_locate_handle_needs_its_parameters, start),
        cmocka_unit_test_setup(test_buffer_of_handles_is_allocated, start),
        cmocka_unit_test_setup(test_no_buffer_when_no_handle_is_found, start),
        cmocka_unit_test_setup(test_no_buffer_without_memory, start),
        cmocka_unit_test_setup(test_locate_handle_buffer_needs_its_parameters, start),
        cmocka_unit_test_setup(test_protocol_of_the_oldest_handle_is_located, start),
        cmocka_unit_test_setup(test_absent_protocol_is_not_located, start),
        cmocka_unit_test_setup(test_locate_protocol_needs_its_parameters, start),
        cmocka_unit_test_setup(test_all_protocols_of_a_handle, start),
        cmocka_unit_test_setup(test_no_list_of_protocols_without_memory, start),
        cmocka_unit_test_setup(test_protocols_of_needs_its_parameters, start),
    };

    return isolated_run(tests);
}
