/* The initrd as Linux's EFI stub asks for it (LoadFile2, UEFI 2.10 section 13.2). */
#include "shim/image/initrd.h"

#include <string.h>

#include "shim/image/load_file2.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/locate.h"
#include "tests/unit/device_paths.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

static const EFI_GUID load_file2_guid = EFI_LOAD_FILE2_PROTOCOL_GUID;
static const uint8_t initrd[] = "any bytes will do";
static uint8_t buffer[2 * sizeof(initrd)];

/* By its bytes, as the stub has it. */
static const uint8_t initrd_media_path[] = {
    0x04, 0x03, 20,   0,    0x27, 0xe4, 0x68, 0x55, 0xfc, 0x68, 0x3d, 0x4f,
    0xac, 0x74, 0xca, 0x55, 0x52, 0x31, 0xcc, 0x68, 0x7f, 0xff, 4,    0,
};
static EFI_DEVICE_PATH end = DEVICE_PATH_END;

static EFI_LOAD_FILE2_PROTOCOL *load_file2;

static EFI_STATUS find(EFI_DEVICE_PATH **ret_rest)
{
    static uint8_t path[sizeof(initrd_media_path)];
    EFI_HANDLE handle;
    EFI_STATUS status;

    memcpy(path, initrd_media_path, sizeof(path));
    *ret_rest = (EFI_DEVICE_PATH *)path;
    status = locate_device_path(&load_file2_guid, ret_rest, &handle);
    if (status == EFI_SUCCESS)
        load_file2 = handle_get_interface(handle, &load_file2_guid);
    return status;
}

static int start(void **state)
{
    EFI_DEVICE_PATH *rest;

    fake_memory_setup(state);
    memset(buffer, 0xa5, sizeof(buffer));
    return initrd_install(initrd, sizeof(initrd)) != EFI_SUCCESS || find(&rest) != EFI_SUCCESS;
}

static EFI_STATUS load(BOOLEAN boot_policy, UINTN *bytes, void *into)
{
    return load_file2->LoadFile(load_file2, &end, boot_policy, bytes, into);
}

static void assert_buffer_untouched(void)
{
    for (size_t i = 0; i < sizeof(buffer); i++)
        assert_int_equal(buffer[i], 0xa5);
}

static void test_initrd_is_found_by_its_media_path(void **state)
{
    EFI_DEVICE_PATH *rest;

    (void)state;
    assert_int_equal(find(&rest), EFI_SUCCESS);
    assert_true(IsDevicePathEnd(rest));
    assert_non_null(load_file2);
}

static void test_without_initrd_nothing_is_found(void **state)
{
    EFI_DEVICE_PATH *rest;

    (void)state;
    assert_int_equal(find(&rest), EFI_NOT_FOUND);
}

static void test_size_is_told_without_a_buffer(void **state)
{
    UINTN bytes = 0;

    (void)state;
    assert_int_equal(load(FALSE, &bytes, NULL), EFI_BUFFER_TOO_SMALL);
    assert_int_equal(bytes, sizeof(initrd));
}

/* Linux 5.10 does not initialise it. */
static void test_garbage_size_without_a_buffer_is_not_believed(void **state)
{
    static const UINTN sizes[] = {sizeof(initrd), sizeof(initrd) + 1, UINT64_MAX};

    (void)state;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        UINTN bytes = sizes[i];

        assert_int_equal(load(FALSE, &bytes, NULL), EFI_BUFFER_TOO_SMALL);
        assert_int_equal(bytes, sizeof(initrd));
    }
}

static void test_buffer_one_byte_too_small_is_left_alone(void **state)
{
    UINTN bytes = sizeof(initrd) - 1;

    (void)state;
    assert_int_equal(load(FALSE, &bytes, buffer), EFI_BUFFER_TOO_SMALL);
    assert_int_equal(bytes, sizeof(initrd));
    assert_buffer_untouched();
}

static void test_buffer_of_the_exact_size_is_filled(void **state)
{
    UINTN bytes = sizeof(initrd);

    (void)state;
    assert_int_equal(load(FALSE, &bytes, buffer), EFI_SUCCESS);
    assert_memory_equal(buffer, initrd, sizeof(initrd));
    assert_int_equal(buffer[sizeof(initrd)], 0xa5);
}

static void test_larger_buffer_gets_the_size_that_was_used(void **state)
{
    UINTN bytes = sizeof(buffer);

    (void)state;
    assert_int_equal(load(FALSE, &bytes, buffer), EFI_SUCCESS);
    assert_int_equal(bytes, sizeof(initrd));
    assert_memory_equal(buffer, initrd, sizeof(initrd));
    assert_int_equal(buffer[sizeof(initrd)], 0xa5);
}

static void test_boot_policy_is_unsupported(void **state)
{
    UINTN bytes = sizeof(buffer);

    (void)state;
    assert_int_equal(load(TRUE, &bytes, buffer), EFI_UNSUPPORTED);
    assert_buffer_untouched();
}

static void test_file_below_the_initrd_is_not_found(void **state)
{
    struct path_of_1 path = {.node = {PATH_NODE(1)}, .end = DEVICE_PATH_END};
    UINTN bytes = sizeof(buffer);

    (void)state;
    assert_int_equal(load_file2->LoadFile(load_file2, &path.node[0].Header, FALSE, &bytes, buffer),
                     EFI_NOT_FOUND);
    assert_buffer_untouched();
}

static void test_path_and_size_must_be_given(void **state)
{
    UINTN bytes = sizeof(buffer);

    (void)state;
    assert_int_equal(load_file2->LoadFile(load_file2, NULL, FALSE, &bytes, buffer),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(load(FALSE, NULL, buffer), EFI_INVALID_PARAMETER);
    assert_buffer_untouched();
}

static void test_no_initrd_without_memory(void **state)
{
    EFI_DEVICE_PATH *rest;

    (void)state;
    fake_memory_exhaust();
    assert_int_equal(initrd_install(initrd, sizeof(initrd)), EFI_OUT_OF_RESOURCES);
    assert_int_equal(find(&rest), EFI_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_initrd_is_found_by_its_media_path, start),
        cmocka_unit_test_setup(test_without_initrd_nothing_is_found, fake_memory_setup),
        cmocka_unit_test_setup(test_size_is_told_without_a_buffer, start),
        cmocka_unit_test_setup(test_garbage_size_without_a_buffer_is_not_believed, start),
        cmocka_unit_test_setup(test_buffer_one_byte_too_small_is_left_alone, start),
        cmocka_unit_test_setup(test_buffer_of_the_exact_size_is_filled, start),
        cmocka_unit_test_setup(test_larger_buffer_gets_the_size_that_was_used, start),
        cmocka_unit_test_setup(test_boot_policy_is_unsupported, start),
        cmocka_unit_test_setup(test_file_below_the_initrd_is_not_found, start),
        cmocka_unit_test_setup(test_path_and_size_must_be_given, start),
        cmocka_unit_test_setup(test_no_initrd_without_memory, fake_memory_setup),
    };

    return isolated_run(tests);
}
