/* Which memory may hold code, by the images that are loaded. */
#include "shim/memory/nx_policy.h"

#include "loader/x86/paging.h"
#include "shim/image/image.h"
#include "shim/memory/memory_services.h"
#include "shim/memory/pool.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/fake_paging.h"
#include "tests/unit/image_fixture.h"
#include "tests/unit/isolated.h"

#define PAGE_BYTES 4096u
#define RW         (PAGE_ACCESS_READ | PAGE_ACCESS_WRITE)
#define RWX        PAGE_ACCESS_ALL

static EFI_BOOT_SERVICES services;

static int start(void **state)
{
    memory_services_install(&services);
    return image_setup(state);
}

static EFI_HANDLE load(uint16_t dll_characteristics)
{
    struct pe_file file = image_file(SUBSYSTEM_APPLICATION, NULL);

    pe_put16(&file, PE_DLL_CHARACTERISTICS, dll_characteristics);
    return image_load_file(&file);
}

static EFI_HANDLE load_compatible(void)
{
    return load(0x100);
}

static EFI_HANDLE load_other(void)
{
    return load(0);
}

static uint64_t allocate(EFI_MEMORY_TYPE type)
{
    EFI_PHYSICAL_ADDRESS address;

    assert_int_equal(services.AllocatePages(AllocateAnyPages, type, 2, &address), EFI_SUCCESS);
    return address;
}

static uint64_t allocate_pool(EFI_MEMORY_TYPE type, UINTN bytes)
{
    void *buffer;

    assert_int_equal(services.AllocatePool(type, bytes, &buffer), EFI_SUCCESS);
    return (uintptr_t)buffer & ~(uint64_t)(PAGE_BYTES - 1);
}

static void assert_access(uint64_t address, unsigned int access)
{
    assert_true(fake_paging_is(address, address + PAGE_BYTES, access));
}

static void test_without_images_everything_is_executable(void **state)
{
    (void)state;
    assert_access(allocate(EfiLoaderData), RWX);
}

static void test_data_of_compatible_images(void **state)
{
    (void)state;
    load_compatible();
    assert_access(allocate(EfiLoaderData), RW);
    assert_access(allocate(EfiBootServicesData), RW);
    assert_access(allocate(EfiRuntimeServicesData), RW);
    assert_access(allocate(EfiACPIReclaimMemory), RW);
    assert_access(allocate(EfiACPIMemoryNVS), RW);
    assert_access(allocate_pool(EfiLoaderData, 100), RW);
    assert_access(allocate_pool(EfiLoaderData, 100000), RW);
}

static void test_code_of_compatible_images(void **state)
{
    (void)state;
    load_compatible();
    assert_access(allocate(EfiLoaderCode), RWX);
    assert_access(allocate(EfiBootServicesCode), RWX);
    assert_access(allocate(EfiRuntimeServicesCode), RWX);
    assert_access(allocate(EfiReservedMemoryType), RWX);
    assert_access(allocate(0x80000000u), RWX);
    assert_access(allocate_pool(EfiLoaderCode, 100), RWX);
}

static void test_another_image_makes_all_data_executable(void **state)
{
    uint64_t pages;
    uint64_t pool;

    (void)state;
    load_compatible();
    pages = allocate(EfiLoaderData);
    pool = allocate_pool(EfiLoaderData, 100);
    load_other();
    assert_access(pages, RWX);
    assert_access(pool, RWX);
    assert_access(allocate(EfiLoaderData), RWX);
    load_compatible();
    assert_access(allocate(EfiLoaderData), RWX);
}

static void test_sections_stay_protected_meanwhile(void **state)
{
    uint64_t base = (uintptr_t)image_protocol(load_compatible())->ImageBase;

    (void)state;
    load_other();
    assert_access(base + 0x1000, PAGE_ACCESS_READ | PAGE_ACCESS_EXECUTE);
    assert_access(base + 0x2000, RW);
}

static void test_policy_returns_when_other_images_are_gone(void **state)
{
    EFI_HANDLE other;

    (void)state;
    load_compatible();
    other = load_other();
    assert_int_equal(image_unload(other), EFI_SUCCESS);
    assert_access(allocate(EfiLoaderData), RW);
}

static void test_what_a_client_has_set_stays(void **state)
{
    uint64_t address;

    (void)state;
    load_compatible();
    address = allocate(EfiLoaderData);
    assert_int_equal(paging_protect(address, address + PAGE_BYTES, RW), EFI_SUCCESS);
    load_other();
    assert_access(address, RW);
    assert_access(address + PAGE_BYTES, RWX);
}

static void test_free_memory_is_executable(void **state)
{
    uint64_t address;
    void *buffer;

    (void)state;
    load_compatible();
    address = allocate(EfiLoaderData);
    assert_int_equal(services.FreePages(address, 1), EFI_SUCCESS);
    assert_access(address, RWX);
    assert_access(address + PAGE_BYTES, RW);
    assert_int_equal(services.AllocatePool(EfiLoaderData, 3 * PAGE_BYTES, &buffer), EFI_SUCCESS);
    address = (uintptr_t)buffer & ~(uint64_t)(PAGE_BYTES - 1);
    assert_int_equal(services.FreePool(buffer), EFI_SUCCESS);
    assert_true(fake_paging_is(address, address + 4 * PAGE_BYTES, RWX));
}

static void test_protected_pool(void **state)
{
    uint64_t address;
    void *buffer;

    (void)state;
    assert_int_equal(services.AllocatePool(EfiLoaderData, 3 * PAGE_BYTES, &buffer), EFI_SUCCESS);
    address = (uintptr_t)buffer & ~(uint64_t)(PAGE_BYTES - 1);
    paging_protect(address, address + PAGE_BYTES, PAGE_ACCESS_NONE);
    assert_int_equal(services.FreePool(buffer), EFI_INVALID_PARAMETER);
    paging_protect(address, address + 2 * PAGE_BYTES, PAGE_ACCESS_READ);
    assert_int_equal(services.FreePool(buffer), EFI_SUCCESS);
    assert_true(fake_paging_is(address, address + 4 * PAGE_BYTES, RWX));
}

static void test_no_page_for_tables(void **state)
{
    (void)state;
    load_compatible();
    fake_paging_full = true;
    assert_access(allocate(EfiLoaderData), RWX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_without_images_everything_is_executable, start),
        cmocka_unit_test_setup(test_data_of_compatible_images, start),
        cmocka_unit_test_setup(test_code_of_compatible_images, start),
        cmocka_unit_test_setup(test_another_image_makes_all_data_executable, start),
        cmocka_unit_test_setup(test_sections_stay_protected_meanwhile, start),
        cmocka_unit_test_setup(test_policy_returns_when_other_images_are_gone, start),
        cmocka_unit_test_setup(test_what_a_client_has_set_stays, start),
        cmocka_unit_test_setup(test_free_memory_is_executable, start),
        cmocka_unit_test_setup(test_protected_pool, start),
        cmocka_unit_test_setup(test_no_page_for_tables, start),
    };

    return isolated_run(tests);
}
