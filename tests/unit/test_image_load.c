/* LoadImage and UnloadImage (UEFI 2.10 sections 7.4.1 and 7.4.3, chapter 9). */
#include <string.h>

#include "shim/image/image.h"
#include "shim/image/image_services.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/open_protocol.h"
#include "shim/runtime_followers.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/image_fixture.h"
#include "tests/unit/isolated.h"

static const EFI_GUID loaded_image_guid = EFI_LOADED_IMAGE_PROTOCOL_GUID;

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
    EFI_HANDLE image = image_load_new(SUBSYSTEM_APPLICATION, NULL);
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
    memcpy(&after, (void *)(uintptr_t)(image_base_of(image) + 0x2010), sizeof(after));
    assert_int_equal(after - before, image_base_of(image) - PE_PREFERRED_BASE);
    assert_memory_equal(image_protocol(image)->ImageBase, file.bytes, PE_HEADER_BYTES);
}

static void test_file_is_not_needed_any_more(void **state)
{
    struct pe_file file = image_file(SUBSYSTEM_APPLICATION, NULL);
    struct pe_file original = file;
    EFI_HANDLE image = image_load_file(&file);

    (void)state;
    memset(&file, 0, sizeof(file));
    assert_memory_equal((void *)(uintptr_t)(image_base_of(image) + 0x1000), original.bytes + 0x200,
                        0x180);
}

static void test_runtime_drivers_are_kept_for_the_runtime(void **state)
{
    struct runtime_followers followers = {0};
    EFI_HANDLE image;

    (void)state;
    runtime_followers_init(&followers);
    image_load_new(SUBSYSTEM_APPLICATION, NULL);
    image_load_new(SUBSYSTEM_BOOT_DRIVER, NULL);
    assert_null(followers.drivers);
    image = image_load_new(SUBSYSTEM_RUNTIME_DRIVER, NULL);
    assert_non_null(followers.drivers);
    assert_int_equal(followers.drivers->base, image_base_of(image));
    assert_int_equal(image_unload(image), EFI_SUCCESS);
    assert_null(followers.drivers);
}

static void test_foreign_and_damaged_files_are_refused(void **state)
{
    struct pe_file foreign = image_file(SUBSYSTEM_APPLICATION, NULL);
    struct pe_file damaged = image_file(SUBSYSTEM_APPLICATION, NULL);

    (void)state;
    pe_put16(&foreign, PE_MACHINE, 0xaa64);
    image_is_refused(&foreign, EFI_UNSUPPORTED, "pe:");
    pe_put32(&damaged, PE_ENTRY, 0x4fff000);
    image_is_refused(&damaged, EFI_LOAD_ERROR, "pe:");
}

static void test_file_with_damaged_relocations_leaves_no_memory_behind(void **state)
{
    struct pe_file file = image_file(SUBSYSTEM_APPLICATION, NULL);

    (void)state;
    pe_put32(&file, 0x604, 7);
    image_is_refused(&file, EFI_LOAD_ERROR, "pe:");
}

static void test_image_is_found_by_an_address_in_it(void **state)
{
    EFI_HANDLE one = image_load_new(SUBSYSTEM_APPLICATION, NULL);
    EFI_HANDLE two = image_load_new(SUBSYSTEM_APPLICATION, NULL);

    (void)state;
    assert_int_equal(image_base(image_find(image_base_of(one))), image_base_of(one));
    assert_int_equal(image_base(image_find(image_base_of(two) + PE_IMAGE_BYTES - 1)),
                     image_base_of(two));
    assert_null(image_find(0));
    assert_null(image_find(FAKE_MEMORY_START));
    assert_int_equal(image_unload(one), EFI_SUCCESS);
    assert_null(image_find(image_base_of(two) + 2 * PE_IMAGE_BYTES));
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
        cmocka_unit_test_setup(test_runtime_drivers_are_kept_for_the_runtime, image_setup),
        cmocka_unit_test_setup(test_foreign_and_damaged_files_are_refused, image_setup),
        cmocka_unit_test_setup(test_file_with_damaged_relocations_leaves_no_memory_behind,
                               image_setup),
        cmocka_unit_test_setup(test_image_is_found_by_an_address_in_it, image_setup),
        cmocka_unit_test_setup(test_pointers_that_are_no_images_are_refused, image_setup),
        cmocka_unit_test_setup(test_load_image_service_needs_its_parameters, image_setup),
    };

    return isolated_run(tests);
}
