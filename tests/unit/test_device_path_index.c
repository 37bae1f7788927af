/* LocateDevicePath on random handles, against a search through all of them. */
#include "shim/device_path/device_path_index.h"

#include <stdbool.h>
#include <string.h>

#include "shim/device_path/device_path.h"
#include "shim/protocol/locate.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"
#include "tests/unit/random.h"

#define HANDLES    200u
#define STEPS      20000u
#define NODES_MAX  4u
#define NODE_KINDS 3u
#define NODE_BYTES 5u
#define PATH_BYTES (NODES_MAX * NODE_BYTES + sizeof(EFI_DEVICE_PATH))

static const EFI_GUID device_path_guid = EFI_DEVICE_PATH_PROTOCOL_GUID;
static const EFI_GUID disk_guid = {.Data1 = 0xd};

/* What the model knows of each. */
static struct {
    EFI_HANDLE handle; /* NULL: none */
    unsigned int number;
    bool has_disk;
    uint8_t path[PATH_BYTES];
} handles[HANDLES];

static unsigned int last_number;

static EFI_DEVICE_PATH *as_path(uint8_t *path)
{
    return (EFI_DEVICE_PATH *)(void *)path;
}

static void make_path(uint8_t *path)
{
    static const EFI_DEVICE_PATH end = DEVICE_PATH_END;
    unsigned int nodes = random_below(NODES_MAX + 1);

    for (; nodes; nodes--, path += NODE_BYTES) {
        static const EFI_DEVICE_PATH header =
            DEVICE_PATH_NODE(HARDWARE_DEVICE_PATH, HW_VENDOR_DP, NODE_BYTES);

        memcpy(path, &header, sizeof(header));
        path[sizeof(header)] = (uint8_t)random_below(NODE_KINDS);
    }
    memcpy(path, &end, sizeof(end));
}

static void add(unsigned int i)
{
    make_path(handles[i].path);
    handles[i].handle = NULL;
    handles[i].number = ++last_number;
    handles[i].has_disk = random_below(4) == 0;
    assert_int_equal(handle_install(&handles[i].handle, &device_path_guid, handles[i].path),
                     EFI_SUCCESS);
    if (handles[i].has_disk)
        assert_int_equal(handle_install(&handles[i].handle, &disk_guid, NULL), EFI_SUCCESS);
}

static void take(unsigned int i)
{
    EFI_HANDLE handle = handles[i].handle;

    assert_int_equal(handle_uninstall(handle, &device_path_guid, handles[i].path), EFI_SUCCESS);
    if (handles[i].has_disk)
        assert_int_equal(handle_uninstall(handle, &disk_guid, NULL), EFI_SUCCESS);
    handles[i].handle = NULL;
}

static void change(unsigned int i)
{
    static uint8_t paths[STEPS][PATH_BYTES];
    static unsigned int used;
    uint8_t *path = paths[used++];

    make_path(path);
    assert_int_equal(handle_reinstall(handles[i].handle, &device_path_guid, handles[i].path, path),
                     EFI_SUCCESS);
    memcpy(handles[i].path, path, PATH_BYTES);
    assert_int_equal(handle_reinstall(handles[i].handle, &device_path_guid, path, handles[i].path),
                     EFI_SUCCESS);
}

static int model_find(bool needs_disk, uint8_t *path, EFI_DEVICE_PATH **ret_rest)
{
    int best = -1;

    for (unsigned int i = 0; i < HANDLES; i++) {
        EFI_DEVICE_PATH *rest = NULL;

        if (handles[i].handle && (handles[i].has_disk || !needs_disk))
            rest = device_path_behind(as_path(path), as_path(handles[i].path));
        if (!rest ||
            (best >= 0 &&
             (rest < *ret_rest || (rest == *ret_rest && handles[i].number > handles[best].number))))
            continue;
        best = (int)i;
        *ret_rest = rest;
    }
    return best;
}

static void check(bool needs_disk)
{
    uint8_t path[PATH_BYTES];
    EFI_DEVICE_PATH *rest = as_path(path);
    EFI_DEVICE_PATH *expected_rest;
    EFI_HANDLE found;
    int expected;

    make_path(path);
    expected = model_find(needs_disk, path, &expected_rest);
    assert_int_equal(locate_device_path(needs_disk ? &disk_guid : &device_path_guid, &rest, &found),
                     expected < 0 ? EFI_NOT_FOUND : EFI_SUCCESS);
    if (expected < 0)
        return;
    assert_ptr_equal(found, handles[expected].handle);
    assert_ptr_equal(rest, expected_rest);
}

static void test_random_handles_agree_with_a_search(void **state)
{
    (void)state;
    random_seed(11);
    for (unsigned int step = 0; step < STEPS; step++) {
        unsigned int i = random_below(HANDLES);

        if (!handles[i].handle)
            add(i);
        else if (random_below(4) == 0)
            change(i);
        else
            take(i);
        check(true);
        check(false);
    }
}

static void test_malformed_paths_are_not_found(void **state)
{
    static const EFI_DEVICE_PATH endless = DEVICE_PATH_NODE(HARDWARE_DEVICE_PATH, HW_VENDOR_DP, 0);
    uint8_t path[PATH_BYTES];
    EFI_DEVICE_PATH *rest = as_path(path);
    EFI_HANDLE handle = NULL;

    (void)state;
    make_path(path);
    assert_int_equal(handle_install(&handle, &device_path_guid, (void *)(uintptr_t)&endless),
                     EFI_SUCCESS);
    assert_int_equal(locate_device_path(&device_path_guid, &rest, &handle), EFI_NOT_FOUND);
    assert_int_equal(handle_uninstall(handle, &device_path_guid, (void *)(uintptr_t)&endless),
                     EFI_SUCCESS);
}

static void test_a_path_that_was_changed_in_its_place_is_not_followed(void **state)
{
    uint8_t installed[PATH_BYTES];
    uint8_t path[PATH_BYTES];
    EFI_DEVICE_PATH *rest = as_path(path);
    EFI_HANDLE handle = NULL;

    (void)state;
    do
        make_path(path);
    while (device_path_bytes(as_path(path)) < PATH_BYTES);
    memcpy(installed, path, sizeof(path));
    assert_int_equal(handle_install(&handle, &device_path_guid, installed), EFI_SUCCESS);
    assert_int_equal(locate_device_path(&device_path_guid, &rest, &handle), EFI_SUCCESS);
    memset(installed, 0, sizeof(installed));
    rest = as_path(path);
    assert_int_equal(locate_device_path(&device_path_guid, &rest, &handle), EFI_NOT_FOUND);
    assert_int_equal(handle_uninstall(handle, &device_path_guid, installed), EFI_SUCCESS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_random_handles_agree_with_a_search, fake_memory_setup),
        cmocka_unit_test_setup(test_malformed_paths_are_not_found, fake_memory_setup),
        cmocka_unit_test_setup(test_a_path_that_was_changed_in_its_place_is_not_followed,
                               fake_memory_setup),
    };

    return isolated_run(tests);
}
