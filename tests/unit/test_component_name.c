/* Names of drivers and of what they manage, as the EFI shell asks for them. */
#include "shim/driver/component_name.h"

#include <string.h>

#include "shim/block/pv_disk_path.h"
#include "shim/device_path/device_path.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/open_protocol.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

#define XVDB 51728u
/* UEFI 2.10 section 10.3.5.1: without the padding of the type. */
#define HARD_DRIVE_BYTES 42

static const EFI_GUID name_guid = EFI_COMPONENT_NAME_PROTOCOL_GUID;
static const EFI_GUID name2_guid = EFI_COMPONENT_NAME2_PROTOCOL_GUID;
static const EFI_GUID path_guid = EFI_DEVICE_PATH_PROTOCOL_GUID;
static const EFI_GUID bus_guid = {.Data1 = 1};

static const EFI_DEVICE_PATH end = DEVICE_PATH_END;
static const HARDDRIVE_DEVICE_PATH second_partition = {
    .Header = DEVICE_PATH_NODE(MEDIA_DEVICE_PATH, MEDIA_HARDDRIVE_DP, HARD_DRIVE_BYTES),
    .PartitionNumber = 2,
};

static struct pv_disk_path disk_path;
static uint8_t partition_path[128];
static EFI_HANDLE driver;
static EFI_HANDLE disk;
static EFI_HANDLE partition;
static EFI_COMPONENT_NAME_PROTOCOL *name;
static EFI_COMPONENT_NAME2_PROTOCOL *name2;
static CHAR8 eng[] = "eng";
static CHAR8 en[] = "en";

static void make_paths(void)
{
    size_t bytes = offsetof(struct pv_disk_path, end);

    disk_path = pv_disk_path(XVDB);
    memcpy(partition_path, &disk_path, bytes);
    memcpy(partition_path + bytes, &second_partition, HARD_DRIVE_BYTES);
    memcpy(partition_path + bytes + HARD_DRIVE_BYTES, &end, sizeof(end));
}

static EFI_HANDLE handle_with(const EFI_GUID *guid, void *interface)
{
    EFI_HANDLE handle = NULL;

    assert_int_equal(handle_install(&handle, guid, interface), EFI_SUCCESS);
    return handle;
}

static void use(EFI_HANDLE by, uint32_t how)
{
    void *interface;

    assert_int_equal(open_protocol(disk, &bus_guid, &interface, driver, by, how), EFI_SUCCESS);
}

static int start(void **state)
{
    fake_memory_setup(state);
    make_paths();
    driver = handle_with(&bus_guid, NULL);
    assert_int_equal(component_name_install(driver, u"Bus"), EFI_SUCCESS);
    disk = handle_with(&path_guid, &disk_path);
    assert_int_equal(handle_install(&disk, &bus_guid, NULL), EFI_SUCCESS);
    partition = handle_with(&path_guid, partition_path);
    name = handle_get_interface(driver, &name_guid);
    name2 = handle_get_interface(driver, &name2_guid);
    return 0;
}

static void assert_name(const CHAR16 *text, const CHAR16 *expected)
{
    for (; *expected; text++, expected++)
        assert_int_equal(*text, *expected);
    assert_int_equal(*text, 0);
}

static void test_driver_name(void **state)
{
    CHAR16 *text = NULL;

    (void)state;
    assert_string_equal((char *)name->SupportedLanguages, "eng");
    assert_string_equal((char *)name2->SupportedLanguages, "en");
    assert_int_equal(name->GetDriverName(name, eng, &text), EFI_SUCCESS);
    assert_name(text, u"Bus");
    text = NULL;
    assert_int_equal(name2->GetDriverName(name2, en, &text), EFI_SUCCESS);
    assert_name(text, u"Bus");
}

static void test_driver_name_errors(void **state)
{
    CHAR16 *text = NULL;

    (void)state;
    assert_int_equal(name->GetDriverName(name, NULL, &text), EFI_INVALID_PARAMETER);
    assert_int_equal(name->GetDriverName(name, eng, NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(name->GetDriverName(name, en, &text), EFI_UNSUPPORTED);
    assert_int_equal(name2->GetDriverName(name2, eng, &text), EFI_UNSUPPORTED);
    assert_null(text);
}

static void test_controller_name(void **state)
{
    CHAR16 *first = NULL;
    CHAR16 *text = NULL;

    (void)state;
    use(disk, EFI_OPEN_PROTOCOL_BY_DRIVER);
    assert_int_equal(name2->GetControllerName(name2, disk, NULL, en, &first), EFI_SUCCESS);
    assert_name(first, u"xvdb");
    use(partition, EFI_OPEN_PROTOCOL_BY_CHILD_CONTROLLER);
    assert_int_equal(name->GetControllerName(name, disk, partition, eng, &text), EFI_SUCCESS);
    assert_name(text, u"xvdb2");
    /* Pointers stay good, and asking again makes no more of them. */
    assert_name(first, u"xvdb");
    assert_int_equal(name->GetControllerName(name, disk, NULL, eng, &text), EFI_SUCCESS);
    assert_ptr_equal(text, first);
}

static void test_only_what_is_managed(void **state)
{
    CHAR16 *text = NULL;

    (void)state;
    assert_int_equal(name->GetControllerName(name, disk, NULL, eng, &text), EFI_UNSUPPORTED);
    use(disk, EFI_OPEN_PROTOCOL_BY_DRIVER);
    assert_int_equal(name->GetControllerName(name, disk, partition, eng, &text), EFI_UNSUPPORTED);
    assert_int_equal(name->GetControllerName(name, partition, NULL, eng, &text), EFI_UNSUPPORTED);
    assert_int_equal(name->GetControllerName(name, disk, NULL, en, &text), EFI_UNSUPPORTED);
    assert_null(text);
}

static void test_controller_name_errors(void **state)
{
    CHAR16 *text = NULL;

    (void)state;
    use(disk, EFI_OPEN_PROTOCOL_BY_DRIVER);
    assert_int_equal(name->GetControllerName(name, NULL, NULL, eng, &text), EFI_INVALID_PARAMETER);
    assert_int_equal(name->GetControllerName(name, disk, &text, eng, &text), EFI_INVALID_PARAMETER);
    assert_int_equal(name->GetControllerName(name, disk, NULL, NULL, &text), EFI_INVALID_PARAMETER);
    assert_int_equal(name->GetControllerName(name, disk, NULL, eng, NULL), EFI_INVALID_PARAMETER);
}

static void test_other_devices_have_no_name(void **state)
{
    CHAR16 *text = NULL;

    (void)state;
    disk_path.vendor.Guid.Data1++;
    use(disk, EFI_OPEN_PROTOCOL_BY_DRIVER);
    assert_int_equal(name->GetControllerName(name, disk, NULL, eng, &text), EFI_UNSUPPORTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_driver_name, start),
        cmocka_unit_test_setup(test_driver_name_errors, start),
        cmocka_unit_test_setup(test_controller_name, start),
        cmocka_unit_test_setup(test_only_what_is_managed, start),
        cmocka_unit_test_setup(test_controller_name_errors, start),
        cmocka_unit_test_setup(test_other_devices_have_no_name, start),
    };

    return isolated_run(tests);
}
