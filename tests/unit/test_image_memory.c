/* The memory of images: its types, its protection, and where there is none. */
#include "loader/x86/paging.h"
#include "shim/image/image.h"
#include "shim/memory/page_alloc.h"
#include "shim/protocol/handle.h"
#include "tests/unit/device_paths.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/fake_paging.h"
#include "tests/unit/image_fixture.h"
#include "tests/unit/isolated.h"

#define RX  (PAGE_ACCESS_READ | PAGE_ACCESS_EXECUTE)
#define RW  (PAGE_ACCESS_READ | PAGE_ACCESS_WRITE)
#define RWX PAGE_ACCESS_ALL

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

            assert_true(page_alloc_type_at(image_base_of(image) + offset, &type));
            assert_int_equal(type, cases[i].code);
        }
    }
}

static void test_sections_of_nx_compatible_images_are_protected(void **state)
{
    uint64_t base = image_base_of(image_load_new(SUBSYSTEM_APPLICATION, NULL));

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
    base = image_base_of(image_load_file(&file));
    assert_true(fake_paging_is(base, base + PE_IMAGE_BYTES, RWX));
}

static void test_unloaded_pages_are_free_and_unprotected(void **state)
{
    uint64_t used = fake_memory_used_pages();
    EFI_HANDLE image = image_load_new(SUBSYSTEM_APPLICATION, NULL);
    uint64_t base = image_base_of(image);

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
    assert_int_equal(image_try_load(&file, NULL, &handle), EFI_OUT_OF_RESOURCES);
    assert_int_equal(fake_memory_used_pages(), used);
}

static void test_large_alignment_is_kept(void **state)
{
    struct pe_file file = image_file(SUBSYSTEM_APPLICATION, NULL);

    (void)state;
    pe_put32(&file, PE_SECTION_ALIGNMENT, 0x200000);
    assert_int_equal(image_base_of(image_load_file(&file)) % 0x200000, 0);
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
    assert_int_equal(image_base_of(image_load_file(&file)), FAKE_MEMORY_START + 0x100000);
    image_is_refused(&file, EFI_OUT_OF_RESOURCES, "where it can run, 0x");
}

static void test_image_larger_than_memory_says_what_is_needed(void **state)
{
    struct pe_file file = image_file(SUBSYSTEM_APPLICATION, NULL);

    (void)state;
    pe_put32(&file, PE_SIZE_OF_IMAGE, 100u << 20);
    image_is_refused(&file, EFI_OUT_OF_RESOURCES, "needs 100 MiB");
}

static void test_no_image_without_memory(void **state)
{
    struct pe_file file = image_file(SUBSYSTEM_APPLICATION, NULL);
    EFI_HANDLE handle = NULL;

    (void)state;
    fake_memory_exhaust();
    assert_int_equal(image_try_load(&file, NULL, &handle), EFI_OUT_OF_RESOURCES);
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

        status = image_try_load(&file, &path, &image);
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
        assert_int_equal(image_try_load(&file, &path, &image), EFI_SUCCESS);
        assert_int_equal(image_unload(image), EFI_SUCCESS);
    }
    assert_int_equal(fake_memory_used_pages(), used);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
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
    };

    return isolated_run(tests);
}
