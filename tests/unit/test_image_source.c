/* Reading the file of an image by its device path (UEFI 2.10 section 7.4.1), from drivers that lie.
 */
#include "shim/image/image_source.h"

#include <stdint.h>
#include <string.h>

#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"
#include "tests/unit/device_paths.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/fake_volume.h"
#include "tests/unit/isolated.h"

#define FILE_BYTES 1000

static const EFI_GUID device_path_guid = EFI_DEVICE_PATH_PROTOCOL_GUID;
static const EFI_GUID file_system_guid = EFI_SIMPLE_FILE_SYSTEM_PROTOCOL_GUID;

static struct path_of_1 device_path = {{PATH_NODE(1)}, DEVICE_PATH_END};

static struct {
    VENDOR_DEVICE_PATH device;
    EFI_DEVICE_PATH file;
    CHAR16 name[2];
    EFI_DEVICE_PATH end;
} __attribute__((packed)) file_path = {PATH_NODE(1),
                                       DEVICE_PATH_NODE(MEDIA_DEVICE_PATH, MEDIA_FILEPATH_DP, 8),
                                       {'a', 0},
                                       DEVICE_PATH_END};

static struct fake_volume *volume;

static int setup(void **state)
{
    EFI_HANDLE device = NULL;

    fake_memory_setup(state);
    volume = fake_volume_new(FILE_BYTES);
    return handle_install(&device, &device_path_guid, &device_path) != EFI_SUCCESS ||
           handle_install(&device, &file_system_guid, &volume->protocol) != EFI_SUCCESS;
}

static EFI_STATUS read_source(void **ret_file, size_t *ret_bytes)
{
    return image_source_read((EFI_DEVICE_PATH *)&file_path, false, ret_file, ret_bytes);
}

static void assert_read(size_t expected)
{
    void *file = NULL;
    size_t bytes = 0;

    assert_int_equal(read_source(&file, &bytes), EFI_SUCCESS);
    assert_int_equal(bytes, expected);
    assert_int_equal(((char *)file)[expected - 1], 'x');
    assert_int_equal(volume->open_files, 0);
    assert_int_equal(pool_free(file), EFI_SUCCESS);
}

static void assert_fails(EFI_STATUS status)
{
    uint64_t used = fake_memory_used_pages();
    void *file = NULL;
    size_t bytes;

    assert_int_equal(read_source(&file, &bytes), status);
    assert_null(file);
    assert_int_equal(volume->open_files, 0);
    assert_int_equal(fake_memory_used_pages(), used);
}

static void test_file_is_read(void **state)
{
    (void)state;
    assert_read(FILE_BYTES);
}

/* Its information is shorter than the C structure, which ends in padding. */
static void test_shortest_information_is_enough(void **state)
{
    (void)state;
    volume->info_bytes = SIZE_OF_EFI_FILE_INFO;
    assert_read(FILE_BYTES);
}

static void test_information_of_impossible_size_is_an_error(void **state)
{
    static const UINTN sizes[] = {0, 8, SIZE_OF_EFI_FILE_INFO - 1, 1 << 20, UINTPTR_MAX};

    (void)state;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        volume->info_bytes = sizes[i];
        assert_fails(EFI_DEVICE_ERROR);
    }
}

static void test_directory_is_no_file(void **state)
{
    (void)state;
    volume->info_flags = EFI_FILE_DIRECTORY;
    assert_fails(EFI_NOT_FOUND);
}

static void test_file_of_impossible_size_is_not_read(void **state)
{
    (void)state;
    volume->file_bytes = 0;
    assert_fails(EFI_LOAD_ERROR);
    volume->file_bytes = 1ull << 32;
    assert_fails(EFI_LOAD_ERROR);
    volume->file_bytes = UINT64_MAX;
    assert_fails(EFI_LOAD_ERROR);
    volume->file_bytes = FAKE_MEMORY_BYTES * 2;
    assert_fails(EFI_OUT_OF_RESOURCES);
}

static void test_file_may_end_earlier_than_told(void **state)
{
    (void)state;
    volume->read_bytes = FILE_BYTES / 2;
    assert_read(FILE_BYTES / 2);
    volume->read_bytes = 0;
    assert_fails(EFI_DEVICE_ERROR);
}

static void test_more_than_there_is_room_for_was_not_read(void **state)
{
    (void)state;
    volume->read_bytes = FILE_BYTES + 1;
    assert_fails(EFI_DEVICE_ERROR);
}

static void test_error_of_the_driver_is_passed_on(void **state)
{
    (void)state;
    volume->read_status = EFI_NO_MEDIA;
    assert_fails(EFI_NO_MEDIA);
}

static void test_name_that_is_not_there_is_not_found(void **state)
{
    (void)state;
    file_path.name[0] = 'b';
    assert_fails(EFI_NOT_FOUND);
    file_path.name[0] = 'a';
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_file_is_read, setup),
        cmocka_unit_test_setup(test_shortest_information_is_enough, setup),
        cmocka_unit_test_setup(test_information_of_impossible_size_is_an_error, setup),
        cmocka_unit_test_setup(test_directory_is_no_file, setup),
        cmocka_unit_test_setup(test_file_of_impossible_size_is_not_read, setup),
        cmocka_unit_test_setup(test_file_may_end_earlier_than_told, setup),
        cmocka_unit_test_setup(test_more_than_there_is_room_for_was_not_read, setup),
        cmocka_unit_test_setup(test_error_of_the_driver_is_passed_on, setup),
        cmocka_unit_test_setup(test_name_that_is_not_there_is_not_found, setup),
    };

    return isolated_run(tests);
}
