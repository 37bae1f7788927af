/* LoadImage and UnloadImage (UEFI 2.10 sections 7.4.1 and 7.4.3, chapter 9). */
#include <string.h>

#include "loader/module_device.h"
#include "loader/x86/paging.h"
#include "shim/device_path/device_path.h"
#include "shim/image/image.h"
#include "shim/image/image_services.h"
#include "shim/memory/page_alloc.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/open_protocol.h"
#include "shim/runtime_followers.h"
#include "tests/unit/device_paths.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/fake_paging.h"
#include "tests/unit/image_fixture.h"
#include "tests/unit/isolated.h"
#include "tests/unit/log_capture.h"

#define RX  (PAGE_ACCESS_READ | PAGE_ACCESS_EXECUTE)
#define RW  (PAGE_ACCESS_READ | PAGE_ACCESS_WRITE)
#define RWX PAGE_ACCESS_ALL

static const EFI_GUID loaded_image_guid = EFI_LOADED_IMAGE_PROTOCOL_GUID;
static const EFI_GUID loaded_image_device_path_guid = EFI_LOADED_IMAGE_DEVICE_PATH_PROTOCOL_GUID;
static const EFI_GUID device_path_guid = EFI_DEVICE_PATH_PROTOCOL_GUID;

static EFI_HANDLE load_application(void)
{
    return image_load_new(SUBSYSTEM_APPLICATION, NULL);
}

static uint64_t base_of(EFI_HANDLE image)
{
    return (uintptr_t)image_protocol(image)->ImageBase;
}

static EFI_STATUS try_load(const struct pe_file *file, void *path, EFI_HANDLE *ret_handle)
{
    log_capture_clear();
    return image_load(image_firmware, path, file->bytes, sizeof(file->bytes), ret_handle);
}

/* Refused with a message, and nothing of it is left. */
static void assert_refused(const struct pe_file *file, EFI_STATUS status, const char *message)
{
    uint64_t used = fake_memory_used_pages();
    EFI_HANDLE handle = NULL;

    assert_int_equal(try_load(file, NULL, &handle), status);
    assert_null(handle);
    assert_non_null(strstr(log_capture_last(), message));
    assert_int_equal(fake_memory_used_pages(), used);
}

static void test_firmware_has_an_image_of_its_own(void **state)
{
    EFI_LOADED_IMAGE_PROTOCOL *protocol = handle_get_interface(image_firmware, &loaded_image_guid);

    (void)state;
    assert_non_null(protocol);
    assert_ptr_equal(protocol, image_protocol(image_firmware));
    assert_ptr_equal(protocol->SystemTable, &image_system_table);
    assert_int_equal(protocol->Revision, 0x1000);
    assert_null(protocol->ParentHandle);
    assert_ptr_equal(protocol->ImageBase, image_firmware_memory);
    assert_int_equal(protocol->ImageSize, sizeof(image_firmware_memory));
    assert_int_equal(protocol->ImageCodeType, EfiBootServicesCode);
    assert_int_equal(protocol->ImageDataType, EfiBootServicesData);
}

static void test_firmwares_image_is_the_agent_of_handle_protocol(void **state)
{
    EFI_OPEN_PROTOCOL_INFORMATION_ENTRY *entries;
    UINTN count;
    void *interface;

    (void)state;
    assert_int_equal(open_protocol_for_firmware(image_firmware, &loaded_image_guid, &interface),
                     EFI_SUCCESS);
    assert_int_equal(
        open_protocol_information(image_firmware, &loaded_image_guid, &entries, &count),
        EFI_SUCCESS);
    assert_int_equal(count, 1);
    assert_ptr_equal(entries[0].AgentHandle, image_firmware);
}

static void test_no_firmware_image_without_memory(void **state)
{
    EFI_HANDLE handle = NULL;

    (void)state;
    fake_memory_exhaust();
    assert_int_equal(image_firmware_init(&image_system_table, image_firmware_memory,
                                         image_firmware_memory, &handle),
                     EFI_OUT_OF_RESOURCES);
    assert_null(handle);
}

static void test_loaded_image_protocol_describes_the_image(void **state)
{
    EFI_HANDLE image = load_application();
    EFI_LOADED_IMAGE_PROTOCOL *protocol = handle_get_interface(image, &loaded_image_guid);

    (void)state;
    assert_non_null(protocol);
    assert_int_equal(protocol->Revision, 0x1000);
    assert_ptr_equal(protocol->ParentHandle, image_firmware);
    assert_ptr_equal(protocol->SystemTable, &image_system_table);
    assert_int_equal(protocol->ImageSize, PE_IMAGE_BYTES);
    assert_int_equal(protocol->LoadOptionsSize, 0);
    assert_null(protocol->LoadOptions);
    assert_null(protocol->Unload);
}

static void test_image_is_laid_out_and_relocated(void **state)
{
    struct pe_file file = image_file(SUBSYSTEM_APPLICATION, NULL);
    EFI_HANDLE image = image_load_file(&file);
    uint64_t before;
    uint64_t after;

    (void)state;
    memcpy(&before, file.bytes + 0x410, sizeof(before));
    memcpy(&after, (void *)(uintptr_t)(base_of(image) + 0x2010), sizeof(after));
    assert_int_equal(after - before, base_of(image) - PE_PREFERRED_BASE);
    assert_memory_equal(image_protocol(image)->ImageBase, file.bytes, PE_HEADER_BYTES);
}

static void test_file_is_not_needed_any_more(void **state)
{
    struct pe_file file = image_file(SUBSYSTEM_APPLICATION, NULL);
    struct pe_file original = file;
    EFI_HANDLE image = image_load_file(&file);

    (void)state;
    memset(&file, 0, sizeof(file));
    assert_memory_equal((void *)(uintptr_t)(base_of(image) + 0x1000), original.bytes + 0x200,
                        0x180);
}

static void test_memory_types_follow_the_subsystem(void **state)
{
    static const struct {
        uint16_t subsystem;
        EFI_MEMORY_TYPE code;
        EFI_MEMORY_TYPE data;
    } cases[] = {
        {SUBSYSTEM_APPLICATION, EfiLoaderCode, EfiLoaderData},
        {SUBSYSTEM_BOOT_DRIVER, EfiBootServicesCode, EfiBootServicesData},
        {SUBSYSTEM_RUNTIME_DRIVER, EfiRuntimeServicesCode, EfiRuntimeServicesData},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        EFI_HANDLE image = image_load_new(cases[i].subsystem, NULL);

        assert_int_equal(image_protocol(image)->ImageCodeType, cases[i].code);
        assert_int_equal(image_protocol(image)->ImageDataType, cases[i].data);
        for (uint64_t offset = 0; offset < PE_IMAGE_BYTES; offset += 0x1000) {
            uint32_t type;

            assert_true(page_alloc_type_at(base_of(image) + offset, &type));
            assert_int_equal(type, cases[i].code);
        }
    }
}

static void test_sections_of_nx_compatible_images_are_protected(void **state)
{
    uint64_t base = base_of(load_application());

    (void)state;
    assert_true(fake_paging_is(base, base + 0x1000, PAGE_ACCESS_READ));
    assert_true(fake_paging_is(base + 0x1000, base + 0x2000, RX));
    assert_true(fake_paging_is(base + 0x2000, base + 0x4000, RW));
    assert_true(fake_paging_is(base + 0x4000, base + 0x5000, PAGE_ACCESS_READ));
}

static void test_images_not_made_for_it_are_not_protected(void **state)
{
    struct pe_file file = image_file(SUBSYSTEM_APPLICATION, NULL);
    uint64_t base;

    (void)state;
    pe_put16(&file, PE_DLL_CHARACTERISTICS, 0);
    base = base_of(image_load_file(&file));
    assert_true(fake_paging_is(base, base + PE_IMAGE_BYTES, RWX));
}

static void test_unloaded_pages_are_free_and_unprotected(void **state)
{
    uint64_t used = fake_memory_used_pages();
    EFI_HANDLE image = load_application();
    uint64_t base = base_of(image);

    (void)state;
    assert_int_equal(image_unload(image), EFI_SUCCESS);
    assert_true(fake_paging_is(base, base + PE_IMAGE_BYTES, RWX));
    assert_int_equal(fake_memory_used_pages(), used);
    assert_null(handle_find(image));
    assert_null(image_protocol(image));
    assert_int_equal(image_unload(image), EFI_INVALID_PARAMETER);
}

static void test_image_without_room_for_page_tables_is_not_loaded(void **state)
{
    struct pe_file file = image_file(SUBSYSTEM_APPLICATION, NULL);
    uint64_t used = fake_memory_used_pages();
    EFI_HANDLE handle = NULL;

    (void)state;
    fake_paging_full = true;
    assert_int_equal(try_load(&file, NULL, &handle), EFI_OUT_OF_RESOURCES);
    assert_int_equal(fake_memory_used_pages(), used);
}

static void test_large_alignment_is_kept(void **state)
{
    struct pe_file file = image_file(SUBSYSTEM_APPLICATION, NULL);

    (void)state;
    pe_put32(&file, PE_SECTION_ALIGNMENT, 0x200000);
    assert_int_equal(base_of(image_load_file(&file)) % 0x200000, 0);
}

static struct pe_file fixed_image(uint64_t base)
{
    struct pe_file file = image_file(SUBSYSTEM_APPLICATION, NULL);

    pe_put16(&file, PE_CHARACTERISTICS, 0x23);
    pe_put32(&file, PE_RELOCATION_BYTES, 0);
    pe_put64(&file, PE_IMAGE_BASE, base);
    return file;
}

static void test_image_that_cannot_be_moved_goes_to_its_base(void **state)
{
    struct pe_file file = fixed_image(FAKE_MEMORY_START + 0x100000);

    (void)state;
    assert_int_equal(base_of(image_load_file(&file)), FAKE_MEMORY_START + 0x100000);
    assert_refused(&file, EFI_OUT_OF_RESOURCES, "where it can run, 0x");
}

static void test_image_larger_than_memory_says_what_is_needed(void **state)
{
    struct pe_file file = image_file(SUBSYSTEM_APPLICATION, NULL);

    (void)state;
    pe_put32(&file, PE_SIZE_OF_IMAGE, 100u << 20);
    assert_refused(&file, EFI_OUT_OF_RESOURCES, "needs 100 MiB");
}

static void test_no_image_without_memory(void **state)
{
    struct pe_file file = image_file(SUBSYSTEM_APPLICATION, NULL);
    EFI_HANDLE handle = NULL;

    (void)state;
    fake_memory_exhaust();
    assert_int_equal(try_load(&file, NULL, &handle), EFI_OUT_OF_RESOURCES);
    assert_null(handle);
}

static size_t handle_count(void)
{
    size_t count = 0;

    list_for_each (link, next, handle_list())
        count++;
    return count;
}

/* One page more in each round: it fails at one allocation after the other. */
static void test_nothing_is_left_when_memory_is_out_in_between(void **state)
{
    struct pe_file file = image_file(SUBSYSTEM_RUNTIME_DRIVER, NULL);
    struct path_of_1 path = {.node = {PATH_NODE(1)}, .end = DEVICE_PATH_END};
    EFI_PHYSICAL_ADDRESS spare;
    EFI_HANDLE image = NULL;
    EFI_STATUS status = EFI_OUT_OF_RESOURCES;
    unsigned int rounds = 0;

    (void)state;
    assert_int_equal(page_alloc(AllocateAnyPages, EfiLoaderData, 32, &spare), EFI_SUCCESS);
    fake_memory_exhaust();
    for (; status != EFI_SUCCESS; rounds++) {
        uint64_t used = fake_memory_used_pages();
        size_t handles = handle_count();

        status = try_load(&file, &path, &image);
        if (status == EFI_SUCCESS)
            break;
        assert_int_equal(status, EFI_OUT_OF_RESOURCES);
        assert_null(image);
        assert_int_equal(fake_memory_used_pages(), used);
        assert_int_equal(handle_count(), handles);
        assert_true(rounds < 32);
        assert_int_equal(page_free(spare + rounds * 0x1000, 1), EFI_SUCCESS);
    }
    assert_true(rounds > PE_IMAGE_BYTES / 0x1000);
}

static void test_loading_and_unloading_costs_no_memory(void **state)
{
    struct pe_file file = image_file(SUBSYSTEM_RUNTIME_DRIVER, NULL);
    struct path_of_1 path = {.node = {PATH_NODE(1)}, .end = DEVICE_PATH_END};
    uint64_t used = fake_memory_used_pages();
    EFI_HANDLE image;

    (void)state;
    for (unsigned int i = 0; i < 500; i++) {
        assert_int_equal(try_load(&file, &path, &image), EFI_SUCCESS);
        assert_int_equal(image_unload(image), EFI_SUCCESS);
    }
    assert_int_equal(fake_memory_used_pages(), used);
}

static void test_runtime_drivers_are_kept_for_the_runtime(void **state)
{
    struct runtime_followers followers = {0};
    EFI_HANDLE image;

    (void)state;
    runtime_followers_init(&followers);
    load_application();
    image_load_new(SUBSYSTEM_BOOT_DRIVER, NULL);
    assert_null(followers.drivers);
    image = image_load_new(SUBSYSTEM_RUNTIME_DRIVER, NULL);
    assert_non_null(followers.drivers);
    assert_int_equal(followers.drivers->base, base_of(image));
    assert_int_equal(image_unload(image), EFI_SUCCESS);
    assert_null(followers.drivers);
}

static void test_foreign_and_damaged_files_are_refused(void **state)
{
    struct pe_file foreign = image_file(SUBSYSTEM_APPLICATION, NULL);
    struct pe_file damaged = image_file(SUBSYSTEM_APPLICATION, NULL);

    (void)state;
    pe_put16(&foreign, PE_MACHINE, 0xaa64);
    assert_refused(&foreign, EFI_UNSUPPORTED, "pe:");
    pe_put32(&damaged, PE_ENTRY, 0x4fff000);
    assert_refused(&damaged, EFI_LOAD_ERROR, "pe:");
}

static void test_file_with_damaged_relocations_leaves_no_memory_behind(void **state)
{
    struct pe_file file = image_file(SUBSYSTEM_APPLICATION, NULL);

    (void)state;
    pe_put32(&file, 0x604, 7);
    assert_refused(&file, EFI_LOAD_ERROR, "pe:");
}

static void test_path_is_split_at_its_device(void **state)
{
    struct pe_file file = image_file(SUBSYSTEM_APPLICATION, NULL);
    EFI_DEVICE_PATH *path = NULL;
    EFI_DEVICE_PATH *device;
    EFI_DEVICE_PATH *rest;
    EFI_HANDLE image;

    (void)state;
    assert_int_equal(module_device_install(&path), EFI_SUCCESS);
    assert_int_equal(try_load(&file, path, &image), EFI_SUCCESS);
    assert_true(device_path_bytes(path) > 0);
    device = handle_get_interface(image_protocol(image)->DeviceHandle, &device_path_guid);
    rest = device_path_behind(path, device);
    assert_non_null(rest);
    assert_false(IsDevicePathEnd(rest));
    assert_memory_equal(image_protocol(image)->FilePath, rest, device_path_bytes(rest));
    assert_memory_equal(handle_get_interface(image, &loaded_image_device_path_guid), path,
                        device_path_bytes(path));
}

static void test_path_of_no_device_is_the_file_path(void **state)
{
    struct pe_file file = image_file(SUBSYSTEM_APPLICATION, NULL);
    struct path_of_1 path = {.node = {PATH_NODE(1)}, .end = DEVICE_PATH_END};
    EFI_HANDLE image;

    (void)state;
    assert_int_equal(try_load(&file, &path, &image), EFI_SUCCESS);
    assert_null(image_protocol(image)->DeviceHandle);
    assert_memory_equal(image_protocol(image)->FilePath, &path, sizeof(path));
}

static void test_path_is_copied(void **state)
{
    struct pe_file file = image_file(SUBSYSTEM_APPLICATION, NULL);
    struct path_of_1 path = {.node = {PATH_NODE(1)}, .end = DEVICE_PATH_END};
    struct path_of_1 original = path;
    EFI_HANDLE image;

    (void)state;
    assert_int_equal(try_load(&file, &path, &image), EFI_SUCCESS);
    memset(&path, 0, sizeof(path));
    assert_memory_equal(image_protocol(image)->FilePath, &original, sizeof(original));
    assert_memory_equal(handle_get_interface(image, &loaded_image_device_path_guid), &original,
                        sizeof(original));
}

static void test_image_without_path_has_a_null_device_path(void **state)
{
    EFI_HANDLE image = load_application();

    (void)state;
    assert_non_null(handle_find_protocol(handle_find(image), &loaded_image_device_path_guid));
    assert_null(handle_get_interface(image, &loaded_image_device_path_guid));
    assert_null(image_protocol(image)->DeviceHandle);
    assert_null(image_protocol(image)->FilePath);
}

static void test_malformed_path_is_refused(void **state)
{
    struct pe_file file = image_file(SUBSYSTEM_APPLICATION, NULL);
    struct path_of_1 path = {.node = {PATH_NODE(1)}, .end = DEVICE_PATH_END};
    uint64_t used = fake_memory_used_pages();
    EFI_HANDLE image = NULL;

    (void)state;
    path.node[0].Header.Length[0] = 2;
    assert_int_equal(try_load(&file, &path, &image), EFI_INVALID_PARAMETER);
    assert_null(image);
    assert_int_equal(fake_memory_used_pages(), used);
}

static void test_image_is_found_by_an_address_in_it(void **state)
{
    EFI_HANDLE one = load_application();
    EFI_HANDLE two = load_application();

    (void)state;
    assert_int_equal(image_base(image_find(base_of(one))), base_of(one));
    assert_int_equal(image_base(image_find(base_of(two) + PE_IMAGE_BYTES - 1)), base_of(two));
    assert_null(image_find(0));
    assert_null(image_find(FAKE_MEMORY_START));
    assert_int_equal(image_unload(one), EFI_SUCCESS);
    assert_null(image_find(base_of(two) + 2 * PE_IMAGE_BYTES));
}

static void test_pointers_that_are_no_images_are_refused(void **state)
{
    EFI_HANDLE wild = &wild;

    (void)state;
    assert_int_equal(image_unload(NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(image_unload(wild), EFI_INVALID_PARAMETER);
    assert_null(image_protocol(wild));
}

static void test_load_image_service_needs_its_parameters(void **state)
{
    struct pe_file file = image_file(SUBSYSTEM_APPLICATION, NULL);
    EFI_BOOT_SERVICES services;
    EFI_HANDLE image = NULL;
    EFI_HANDLE wild = &wild;

    (void)state;
    image_services_install(&services);
    assert_int_equal(
        services.LoadImage(FALSE, image_firmware, NULL, file.bytes, sizeof(file), NULL),
        EFI_INVALID_PARAMETER);
    assert_int_equal(services.LoadImage(FALSE, NULL, NULL, file.bytes, sizeof(file), &image),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(services.LoadImage(FALSE, wild, NULL, file.bytes, sizeof(file), &image),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(services.LoadImage(FALSE, image_firmware, NULL, NULL, 0, &image),
                     EFI_NOT_FOUND);
    assert_null(image);
    assert_int_equal(
        services.LoadImage(FALSE, image_firmware, NULL, file.bytes, sizeof(file), &image),
        EFI_SUCCESS);
    assert_non_null(image);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_firmware_has_an_image_of_its_own, image_setup),
        cmocka_unit_test_setup(test_firmwares_image_is_the_agent_of_handle_protocol, image_setup),
        cmocka_unit_test_setup(test_no_firmware_image_without_memory, fake_memory_setup),
        cmocka_unit_test_setup(test_loaded_image_protocol_describes_the_image, image_setup),
        cmocka_unit_test_setup(test_image_is_laid_out_and_relocated, image_setup),
        cmocka_unit_test_setup(test_file_is_not_needed_any_more, image_setup),
        cmocka_unit_test_setup(test_memory_types_follow_the_subsystem, image_setup),
        cmocka_unit_test_setup(test_sections_of_nx_compatible_images_are_protected, image_setup),
        cmocka_unit_test_setup(test_images_not_made_for_it_are_not_protected, image_setup),
        cmocka_unit_test_setup(test_unloaded_pages_are_free_and_unprotected, image_setup),
        cmocka_unit_test_setup(test_image_without_room_for_page_tables_is_not_loaded, image_setup),
        cmocka_unit_test_setup(test_large_alignment_is_kept, image_setup),
        cmocka_unit_test_setup(test_image_that_cannot_be_moved_goes_to_its_base, image_setup),
        cmocka_unit_test_setup(test_image_larger_than_memory_says_what_is_needed, image_setup),
        cmocka_unit_test_setup(test_no_image_without_memory, image_setup),
        cmocka_unit_test_setup(test_nothing_is_left_when_memory_is_out_in_between, image_setup),
        cmocka_unit_test_setup(test_loading_and_unloading_costs_no_memory, image_setup),
        cmocka_unit_test_setup(test_runtime_drivers_are_kept_for_the_runtime, image_setup),
        cmocka_unit_test_setup(test_foreign_and_damaged_files_are_refused, image_setup),
        cmocka_unit_test_setup(test_file_with_damaged_relocations_leaves_no_memory_behind,
                               image_setup),
        cmocka_unit_test_setup(test_path_is_split_at_its_device, image_setup),
        cmocka_unit_test_setup(test_path_of_no_device_is_the_file_path, image_setup),
        cmocka_unit_test_setup(test_path_is_copied, image_setup),
        cmocka_unit_test_setup(test_image_without_path_has_a_null_device_path, image_setup),
        cmocka_unit_test_setup(test_malformed_path_is_refused, image_setup),
        cmocka_unit_test_setup(test_image_is_found_by_an_address_in_it, image_setup),
        cmocka_unit_test_setup(test_pointers_that_are_no_images_are_refused, image_setup),
        cmocka_unit_test_setup(test_load_image_service_needs_its_parameters, image_setup),
    };

    return isolated_run(tests);
}
