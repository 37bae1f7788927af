/* All protocols of a disk at once. */
#include "shim/block/disk.h"

#include <stdbool.h>

#include "shim/protocol/handle.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"
#include "tests/unit/memory_disk.h"

static const EFI_GUID guids[] = {EFI_BLOCK_IO_PROTOCOL_GUID, EFI_BLOCK_IO2_PROTOCOL_GUID,
                                 EFI_DISK_IO_PROTOCOL_GUID, EFI_DISK_IO2_PROTOCOL_GUID};
#define GUIDS (sizeof(guids) / sizeof(guids[0]))

static struct memory_disk *disk;

static int start(void **state)
{
    disk = memory_disk_new(512);
    return fake_memory_setup(state);
}

static unsigned int protocols_on(EFI_HANDLE handle)
{
    unsigned int count = 0;

    for (size_t i = 0; i < GUIDS; i++)
        count += handle_get_interface(handle, &guids[i]) != NULL;
    return count;
}

static void test_install_and_uninstall(void **state)
{
    EFI_HANDLE handle = NULL;

    (void)state;
    assert_int_equal(disk_install(&handle, &disk->device), EFI_SUCCESS);
    assert_int_equal(protocols_on(handle), GUIDS);
    assert_int_equal(disk_uninstall(handle), EFI_SUCCESS);
    assert_null(handle_find(handle));
    assert_int_equal(disk_uninstall(handle), EFI_NOT_FOUND);
    assert_int_equal(fake_memory_used_pages(), 0);
}

/* Any of the four may be there already. */
static void test_all_or_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < GUIDS; i++) {
        EFI_HANDLE handle = NULL;

        assert_int_equal(handle_install(&handle, &guids[i], disk), EFI_SUCCESS);
        assert_int_equal(disk_install(&handle, &disk->device), EFI_INVALID_PARAMETER);
        assert_int_equal(protocols_on(handle), 1);
        assert_int_equal(handle_uninstall(handle, &guids[i], disk), EFI_SUCCESS);
    }
    assert_int_equal(fake_memory_used_pages(), 0);
}

static void test_no_memory(void **state)
{
    EFI_HANDLE handle = NULL;

    (void)state;
    fake_memory_exhaust();
    assert_int_equal(disk_install(&handle, &disk->device), EFI_OUT_OF_RESOURCES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_install_and_uninstall, start),
        cmocka_unit_test_setup(test_all_or_nothing, start),
        cmocka_unit_test_setup(test_no_memory, start),
    };

    return isolated_run(tests);
}
