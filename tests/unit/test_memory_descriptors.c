/* GetMemoryMap (UEFI 2.10 section 7.2.3). */
#include "shim/memory/memory_descriptors.h"

#include <string.h>

#include "shim/memory/memory_type.h"
#include "shim/memory/page_alloc.h"
#include "tests/unit/isolated.h"

#define FREE             EfiConventionalMemory
#define PAGE             0x1000ull
#define START            0x100000ull
#define AT(n)            (START + (n)*PAGE)
#define DESCRIPTOR_BYTES 48u
#define MAP_MAX          64u

static uint8_t map[MAP_MAX * DESCRIPTOR_BYTES];
static UINTN map_bytes;
static UINTN map_key;

static int start_with_16_pages(void **state)
{
    (void)state;
    return page_alloc_add(START, 16, FREE, MEMORY_ATTRIBUTE_CACHEABLE) != EFI_SUCCESS;
}

static EFI_STATUS get_map(UINTN bytes)
{
    UINTN descriptor_bytes;
    UINT32 version;

    map_bytes = bytes;
    memset(map, 0xa5, sizeof(map));
    return page_alloc_get_map(&map_bytes, (EFI_MEMORY_DESCRIPTOR *)(void *)map, &map_key,
                              &descriptor_bytes, &version);
}

static size_t read_map(void)
{
    assert_int_equal(get_map(sizeof(map)), EFI_SUCCESS);
    return map_bytes / DESCRIPTOR_BYTES;
}

static EFI_MEMORY_DESCRIPTOR descriptor_at(size_t index)
{
    EFI_MEMORY_DESCRIPTOR descriptor;

    memcpy(&descriptor, map + index * DESCRIPTOR_BYTES, sizeof(descriptor));
    return descriptor;
}

static void assert_descriptor(size_t index, uint32_t type, uint64_t start, uint64_t pages)
{
    EFI_MEMORY_DESCRIPTOR descriptor = descriptor_at(index);

    assert_int_equal(descriptor.Type, type);
    assert_int_equal(descriptor.PhysicalStart, start);
    assert_int_equal(descriptor.NumberOfPages, pages);
    assert_int_equal(descriptor.VirtualStart, 0);
}

static void allocate(uint32_t type, uint64_t page, uint64_t pages)
{
    EFI_PHYSICAL_ADDRESS address = AT(page);

    assert_int_equal(page_alloc(AllocateAddress, type, pages, &address), EFI_SUCCESS);
}

/* 48 bytes each: clients that step by sizeof(EFI_MEMORY_DESCRIPTOR), 40, are to notice it here. */
static void test_size_query_needs_no_buffer(void **state)
{
    UINTN bytes = 0;
    UINTN key = 0;
    UINTN descriptor_bytes = 0;
    UINT32 version = 0;

    (void)state;
    allocate(EfiLoaderData, 4, 2);
    assert_int_equal(page_alloc_get_map(&bytes, NULL, &key, &descriptor_bytes, &version),
                     EFI_BUFFER_TOO_SMALL);
    assert_int_equal(bytes, 3 * DESCRIPTOR_BYTES);
    assert_int_equal(descriptor_bytes, DESCRIPTOR_BYTES);
    assert_int_equal(version, 1);
}

static void test_buffer_one_byte_too_small_is_left_alone(void **state)
{
    (void)state;
    assert_int_equal(get_map(DESCRIPTOR_BYTES - 1), EFI_BUFFER_TOO_SMALL);
    assert_int_equal(map_bytes, DESCRIPTOR_BYTES);
    for (size_t i = 0; i < sizeof(map); i++)
        assert_int_equal(map[i], 0xa5);
}

static void test_buffer_of_the_exact_size_is_filled(void **state)
{
    (void)state;
    assert_int_equal(get_map(DESCRIPTOR_BYTES), EFI_SUCCESS);
    assert_int_equal(map_bytes, DESCRIPTOR_BYTES);
    assert_descriptor(0, FREE, START, 16);
    assert_int_equal(map[DESCRIPTOR_BYTES], 0xa5);
}

static void test_larger_buffer_gets_the_size_that_was_used(void **state)
{
    (void)state;
    assert_int_equal(get_map(sizeof(map)), EFI_SUCCESS);
    assert_int_equal(map_bytes, DESCRIPTOR_BYTES);
}

static void test_bytes_behind_the_structure_are_zero(void **state)
{
    (void)state;
    read_map();
    for (size_t i = sizeof(EFI_MEMORY_DESCRIPTOR); i < DESCRIPTOR_BYTES; i++)
        assert_int_equal(map[i], 0);
}

static void test_size_pointer_must_not_be_null(void **state)
{
    UINTN descriptor_bytes;
    UINT32 version;

    (void)state;
    assert_int_equal(page_alloc_get_map(NULL, (EFI_MEMORY_DESCRIPTOR *)(void *)map, &map_key,
                                        &descriptor_bytes, &version),
                     EFI_INVALID_PARAMETER);
}

static void test_null_buffer_of_sufficient_size_is_refused(void **state)
{
    UINTN bytes = DESCRIPTOR_BYTES;
    UINTN descriptor_bytes;
    UINT32 version;

    (void)state;
    assert_int_equal(page_alloc_get_map(&bytes, NULL, &map_key, &descriptor_bytes, &version),
                     EFI_INVALID_PARAMETER);
}

static void test_map_is_sorted_and_has_every_range(void **state)
{
    (void)state;
    assert_int_equal(page_alloc_add(0, 1, EfiReservedMemoryType, 0), EFI_SUCCESS);
    assert_int_equal(page_alloc_add(1ull << 32, 8, FREE, MEMORY_ATTRIBUTE_CACHEABLE), EFI_SUCCESS);
    assert_int_equal(page_alloc_add(AT(16), 2, EfiACPIMemoryNVS, MEMORY_ATTRIBUTE_CACHEABLE),
                     EFI_SUCCESS);
    allocate(EfiLoaderCode, 3, 1);
    assert_int_equal(read_map(), 6);
    assert_descriptor(0, EfiReservedMemoryType, 0, 1);
    assert_descriptor(1, FREE, START, 3);
    assert_descriptor(2, EfiLoaderCode, AT(3), 1);
    assert_descriptor(3, FREE, AT(4), 12);
    assert_descriptor(4, EfiACPIMemoryNVS, AT(16), 2);
    assert_descriptor(5, FREE, 1ull << 32, 8);
}

static void test_allocations_of_one_type_are_one_descriptor(void **state)
{
    (void)state;
    allocate(EfiLoaderData, 4, 1);
    allocate(EfiLoaderData, 6, 1);
    allocate(EfiLoaderData, 5, 1);
    assert_int_equal(read_map(), 3);
    assert_descriptor(1, EfiLoaderData, AT(4), 3);
}

static void test_allocations_of_two_types_are_two_descriptors(void **state)
{
    (void)state;
    allocate(EfiLoaderData, 4, 1);
    allocate(EfiLoaderCode, 5, 1);
    assert_int_equal(read_map(), 4);
    assert_descriptor(1, EfiLoaderData, AT(4), 1);
    assert_descriptor(2, EfiLoaderCode, AT(5), 1);
}

static void test_whether_memory_may_be_freed_does_not_show(void **state)
{
    (void)state;
    assert_int_equal(page_alloc_add(AT(16), 3, EfiACPIReclaimMemory, MEMORY_ATTRIBUTE_CACHEABLE),
                     EFI_SUCCESS);
    allocate(EfiACPIReclaimMemory, 14, 2);
    assert_int_equal(read_map(), 2);
    assert_descriptor(0, FREE, START, 14);
    assert_descriptor(1, EfiACPIReclaimMemory, AT(14), 5);
}

static void test_different_attributes_are_two_descriptors(void **state)
{
    (void)state;
    assert_int_equal(page_alloc_add(AT(16), 3, FREE, EFI_MEMORY_UC), EFI_SUCCESS);
    assert_int_equal(read_map(), 2);
    assert_int_equal(descriptor_at(0).Attribute, MEMORY_ATTRIBUTE_CACHEABLE);
    assert_int_equal(descriptor_at(1).Attribute, EFI_MEMORY_UC);
}

static void test_only_runtime_memory_has_the_runtime_attribute(void **state)
{
    (void)state;
    for (uint32_t type = EfiLoaderCode; type <= EfiPalCode; type++) {
        if (type != FREE)
            allocate(type, type, 1);
    }
    for (size_t i = read_map(); i-- > 0;) {
        EFI_MEMORY_DESCRIPTOR descriptor = descriptor_at(i);
        uint64_t runtime =
            descriptor.Type == EfiRuntimeServicesCode || descriptor.Type == EfiRuntimeServicesData
                ? EFI_MEMORY_RUNTIME
                : 0;

        assert_int_equal(descriptor.Attribute, MEMORY_ATTRIBUTE_CACHEABLE | runtime);
    }
}

static void test_runtime_memory_alone(void **state)
{
    (void)state;
    allocate(EfiRuntimeServicesCode, 2, 2);
    allocate(EfiLoaderData, 4, 1);
    allocate(EfiRuntimeServicesData, 8, 1);
    allocate(EfiRuntimeServicesData, 9, 3);
    assert_int_equal(page_alloc_get_runtime_map(map, MAP_MAX), 2);
    assert_descriptor(0, EfiRuntimeServicesCode, AT(2), 2);
    assert_descriptor(1, EfiRuntimeServicesData, AT(8), 4);
}

static void test_runtime_memory_fills_no_more_than_the_room(void **state)
{
    (void)state;
    allocate(EfiRuntimeServicesCode, 2, 1);
    allocate(EfiRuntimeServicesData, 4, 1);
    memset(map, 0xa5, sizeof(map));
    assert_int_equal(page_alloc_get_runtime_map(map, 1), 2);
    assert_descriptor(0, EfiRuntimeServicesCode, AT(2), 1);
    assert_int_equal(map[DESCRIPTOR_BYTES], 0xa5);
}

static void test_map_is_the_same_after_freeing_everything(void **state)
{
    uint8_t before[sizeof(map)];

    (void)state;
    read_map();
    memcpy(before, map, sizeof(map));
    allocate(EfiLoaderData, 2, 5);
    allocate(EfiRuntimeServicesData, 9, 1);
    assert_int_equal(read_map(), 5);
    assert_int_equal(page_free(AT(3), 4), EFI_SUCCESS);
    assert_int_equal(page_free(AT(2), 1), EFI_SUCCESS);
    assert_int_equal(page_free(AT(9), 1), EFI_SUCCESS);
    read_map();
    assert_memory_equal(map, before, sizeof(map));
}

static void test_key_is_that_of_the_current_map(void **state)
{
    (void)state;
    read_map();
    assert_int_equal(map_key, page_alloc_map_key());
    allocate(EfiLoaderData, 1, 1);
    assert_int_not_equal(map_key, page_alloc_map_key());
    read_map();
    assert_int_equal(map_key, page_alloc_map_key());
}

static void test_key_stays_while_the_map_does(void **state)
{
    EFI_PHYSICAL_ADDRESS address = AT(99);
    uint64_t key = page_alloc_map_key();

    (void)state;
    read_map();
    get_map(0);
    page_alloc(AllocateAddress, EfiLoaderData, 1, &address);
    page_alloc(AllocateAnyPages, EfiLoaderData, 17, &address);
    page_alloc(AllocateAnyPages, EfiConventionalMemory, 1, &address);
    page_free(AT(0), 1);
    page_alloc_add(START, 1, FREE, 0);
    page_alloc_claim(0, START, EfiLoaderData);
    assert_int_equal(page_alloc_map_key(), key);
}

static void test_key_changes_with_every_change(void **state)
{
    EFI_PHYSICAL_ADDRESS address;
    uint64_t keys[5];

    (void)state;
    keys[0] = page_alloc_map_key();
    page_alloc(AllocateAnyPages, EfiLoaderData, 1, &address);
    keys[1] = page_alloc_map_key();
    page_free(address, 1);
    keys[2] = page_alloc_map_key();
    page_alloc_claim(AT(2), AT(3), EfiLoaderData);
    keys[3] = page_alloc_map_key();
    page_alloc_add(AT(20), 1, FREE, 0);
    keys[4] = page_alloc_map_key();
    for (size_t i = 0; i < 5; i++)
        for (size_t j = 0; j < i; j++)
            assert_int_not_equal(keys[i], keys[j]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_size_query_needs_no_buffer, start_with_16_pages),
        cmocka_unit_test_setup(test_buffer_one_byte_too_small_is_left_alone, start_with_16_pages),
        cmocka_unit_test_setup(test_buffer_of_the_exact_size_is_filled, start_with_16_pages),
        cmocka_unit_test_setup(test_larger_buffer_gets_the_size_that_was_used, start_with_16_pages),
        cmocka_unit_test_setup(test_bytes_behind_the_structure_are_zero, start_with_16_pages),
        cmocka_unit_test_setup(test_size_pointer_must_not_be_null, start_with_16_pages),
        cmocka_unit_test_setup(test_null_buffer_of_sufficient_size_is_refused, start_with_16_pages),
        cmocka_unit_test_setup(test_map_is_sorted_and_has_every_range, start_with_16_pages),
        cmocka_unit_test_setup(test_allocations_of_one_type_are_one_descriptor,
                               start_with_16_pages),
        cmocka_unit_test_setup(test_allocations_of_two_types_are_two_descriptors,
                               start_with_16_pages),
        cmocka_unit_test_setup(test_whether_memory_may_be_freed_does_not_show, start_with_16_pages),
        cmocka_unit_test_setup(test_different_attributes_are_two_descriptors, start_with_16_pages),
        cmocka_unit_test_setup(test_only_runtime_memory_has_the_runtime_attribute,
                               start_with_16_pages),
        cmocka_unit_test_setup(test_runtime_memory_alone, start_with_16_pages),
        cmocka_unit_test_setup(test_runtime_memory_fills_no_more_than_the_room,
                               start_with_16_pages),
        cmocka_unit_test_setup(test_map_is_the_same_after_freeing_everything, start_with_16_pages),
        cmocka_unit_test_setup(test_key_is_that_of_the_current_map, start_with_16_pages),
        cmocka_unit_test_setup(test_key_stays_while_the_map_does, start_with_16_pages),
        cmocka_unit_test_setup(test_key_changes_with_every_change, start_with_16_pages),
    };

    return isolated_run(tests);
}
