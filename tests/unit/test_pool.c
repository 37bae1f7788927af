/* AllocatePool and FreePool (UEFI 2.10 sections 7.2.4 and 7.2.5). */
#include "shim/memory/pool.h"

#include <string.h>

#include "shim/memory/memory_type.h"
#include "shim/memory/page_alloc.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

#define PAGE_BYTES 4096u
#define DATA       EfiLoaderData

static void *allocate(uint32_t type, size_t bytes)
{
    void *buffer = NULL;

    assert_int_equal(pool_alloc(type, bytes, &buffer), EFI_SUCCESS);
    assert_in_range((uintptr_t)buffer, FAKE_MEMORY_START, FAKE_MEMORY_END - bytes);
    return buffer;
}

static void assert_freed(void *buffer)
{
    assert_int_equal(pool_free(buffer), EFI_SUCCESS);
}

/* FreePool refuses it, and no page has come or gone. */
static void assert_not_freed(void *buffer)
{
    uint64_t used = fake_memory_used_pages();

    assert_int_equal(pool_free(buffer), EFI_INVALID_PARAMETER);
    assert_int_equal(fake_memory_used_pages(), used);
}

static uint32_t type_of(const void *buffer)
{
    uint32_t type;

    assert_true(page_alloc_type_at((uintptr_t)buffer, &type));
    return type;
}

static uintptr_t page_of(const void *buffer)
{
    return (uintptr_t)buffer & ~(uintptr_t)(PAGE_BYTES - 1);
}

static void assert_filled(const uint8_t *buffer, uint8_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        assert_int_equal(buffer[i], value);
}

#define SIZES 5001u

static void test_buffers_of_all_sizes_lie_apart(void **state)
{
    static uint8_t *buffers[SIZES];

    (void)state;
    for (size_t bytes = 0; bytes < SIZES; bytes++) {
        buffers[bytes] = allocate(DATA, bytes);
        assert_int_equal((uintptr_t)buffers[bytes] % 16, 0);
        memset(buffers[bytes], (int)(bytes % 251), bytes);
    }
    for (size_t bytes = 0; bytes < SIZES; bytes++)
        assert_filled(buffers[bytes], (uint8_t)(bytes % 251), bytes);
    for (size_t bytes = 0; bytes < SIZES; bytes++)
        assert_freed(buffers[bytes]);
    assert_int_equal(fake_memory_used_pages(), 0);
}

static void test_empty_buffers_are_different_ones(void **state)
{
    (void)state;
    assert_ptr_not_equal(allocate(DATA, 0), allocate(DATA, 0));
}

static void test_big_buffers_are_usable_to_the_last_byte(void **state)
{
    static const size_t sizes[] = {
        2 * PAGE_BYTES - 65,
        2 * PAGE_BYTES - 64,
        2 * PAGE_BYTES - 63,
        2 * PAGE_BYTES,
        1u << 20,
        (1u << 20) + 1,
        (8u << 20) - 1,
        8u << 20,
    };
    uint8_t *buffers[sizeof(sizes) / sizeof(sizes[0])];

    (void)state;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        buffers[i] = allocate(DATA, sizes[i]);
        memset(buffers[i], (int)i + 1, sizes[i]);
    }
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        assert_int_equal((uintptr_t)buffers[i] % 16, 0);
        assert_filled(buffers[i], (uint8_t)(i + 1), sizes[i]);
        assert_freed(buffers[i]);
    }
    assert_int_equal(fake_memory_used_pages(), 0);
}

static void test_big_buffers_take_no_page_too_many(void **state)
{
    (void)state;
    allocate(DATA, 3 * PAGE_BYTES - 64);
    assert_int_equal(fake_memory_used_pages(), 3);
    allocate(DATA, 3 * PAGE_BYTES - 63);
    assert_int_equal(fake_memory_used_pages(), 3 + 4);
}

static void test_every_type_lies_in_pages_of_its_own(void **state)
{
    static const uint32_t types[] = {
        EfiReservedMemoryType,
        EfiLoaderCode,
        EfiLoaderData,
        EfiBootServicesCode,
        EfiBootServicesData,
        EfiRuntimeServicesCode,
        EfiRuntimeServicesData,
        EfiUnusableMemory,
        EfiACPIReclaimMemory,
        EfiACPIMemoryNVS,
        EfiMemoryMappedIO,
        EfiMemoryMappedIOPortSpace,
        EfiPalCode,
        0x70000000,
        0x7fffffff,
        0x80000000,
        0xffffffff,
    };

    (void)state;
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        assert_int_equal(type_of(allocate(types[i], 100)), types[i]);
        assert_int_equal(type_of(allocate(types[i], 5000)), types[i]);
    }
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        assert_int_equal(type_of(allocate(types[i], 100)), types[i]);
}

static void test_types_that_nobody_may_ask_for_are_refused(void **state)
{
    static const uint32_t types[] = {
        EfiConventionalMemory,
        MEMORY_TYPE_PERSISTENT,
        MEMORY_TYPE_UNACCEPTED,
        MEMORY_TYPE_SPEC_END,
        0x6fffffff,
    };
    void *buffer = &buffer;

    (void)state;
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        assert_int_equal(pool_alloc(types[i], 16, &buffer), EFI_INVALID_PARAMETER);
    assert_ptr_equal(buffer, &buffer);
}

static void test_buffer_pointer_must_not_be_null(void **state)
{
    (void)state;
    assert_int_equal(pool_alloc(DATA, 16, NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(fake_memory_used_pages(), 0);
}

static void test_sizes_that_cannot_be_are_out_of_resources(void **state)
{
    static const size_t sizes[] = {
        FAKE_MEMORY_BYTES, (size_t)1 << 40,       (size_t)1 << 52,
        (size_t)1 << 63,   SIZE_MAX - PAGE_BYTES, SIZE_MAX - PAGE_BYTES + 1,
        SIZE_MAX - 64,     SIZE_MAX - 63,         SIZE_MAX - 1,
        SIZE_MAX,
    };
    void *buffer = &buffer;

    (void)state;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
        assert_int_equal(pool_alloc(DATA, sizes[i], &buffer), EFI_OUT_OF_RESOURCES);
    assert_ptr_equal(buffer, &buffer);
    assert_int_equal(fake_memory_used_pages(), 0);
}

static void test_small_buffers_share_a_page(void **state)
{
    (void)state;
    assert_int_equal(page_of(allocate(DATA, 24)), page_of(allocate(DATA, 32)));
    assert_int_equal(fake_memory_used_pages(), 1);
}

static void test_freed_piece_is_used_again(void **state)
{
    uint8_t *buffers[2 * PAGE_BYTES / 128];
    size_t count = 0;
    void *freed;

    (void)state;
    do {
        buffers[count] = allocate(DATA, 128);
    } while (page_of(buffers[count++]) == page_of(buffers[0]));
    freed = buffers[count / 2];
    assert_freed(freed);
    assert_freed(buffers[count - 1]);
    assert_ptr_equal(allocate(DATA, 128), freed);
}

static void test_pages_go_back_when_they_are_empty(void **state)
{
    void *buffers[1000];

    (void)state;
    for (size_t i = 0; i < 1000; i++)
        buffers[i] = allocate(DATA, i % 100);
    for (size_t i = 0; i < 1000; i += 2)
        assert_freed(buffers[i]);
    assert_int_not_equal(fake_memory_used_pages(), 0);
    for (size_t i = 999; i < 1000; i -= 2)
        assert_freed(buffers[i]);
    assert_int_equal(fake_memory_used_pages(), 0);
}

static void test_small_buffer_cannot_be_freed_twice(void **state)
{
    void *buffer = allocate(DATA, 40);

    (void)state;
    allocate(DATA, 40);
    assert_freed(buffer);
    assert_not_freed(buffer);
}

static void test_last_buffer_of_a_page_cannot_be_freed_twice(void **state)
{
    void *buffer = allocate(DATA, 40);

    (void)state;
    assert_freed(buffer);
    assert_not_freed(buffer);
}

static void test_big_buffer_cannot_be_freed_twice(void **state)
{
    void *buffer = allocate(DATA, 100000);

    (void)state;
    assert_freed(buffer);
    assert_not_freed(buffer);
}

static void test_null_cannot_be_freed(void **state)
{
    (void)state;
    assert_not_freed(NULL);
    assert_not_freed((void *)(uintptr_t)64);
}

static void test_memory_that_the_map_does_not_know_cannot_be_freed(void **state)
{
    int on_the_stack;

    (void)state;
    assert_not_freed(&on_the_stack);
    assert_not_freed((void *)(uintptr_t)FAKE_MEMORY_END);
    assert_not_freed((void *)UINTPTR_MAX);
}

static void test_free_memory_cannot_be_freed(void **state)
{
    (void)state;
    assert_not_freed((void *)(uintptr_t)(FAKE_MEMORY_START + 64));
}

static void test_pages_cannot_be_freed_as_pool(void **state)
{
    EFI_PHYSICAL_ADDRESS address;

    (void)state;
    assert_int_equal(page_alloc(AllocateAnyPages, DATA, 2, &address), EFI_SUCCESS);
    assert_not_freed((void *)(uintptr_t)address);
    assert_not_freed((void *)(uintptr_t)(address + 64));
}

static void test_pages_that_were_pool_once_cannot_be_freed_as_pool(void **state)
{
    static const size_t sizes[] = {40, 5000};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        void *buffer = allocate(DATA, sizes[i]);
        EFI_PHYSICAL_ADDRESS address = page_of(buffer);

        assert_freed(buffer);
        assert_int_equal(page_alloc(AllocateAddress, DATA, 1, &address), EFI_SUCCESS);
        assert_not_freed(buffer);
    }
}

static void test_interior_of_a_small_buffer_cannot_be_freed(void **state)
{
    uint8_t *buffer = allocate(DATA, 1000);

    (void)state;
    for (size_t offset = 1; offset < 1000; offset++)
        assert_not_freed(buffer + offset);
    assert_freed(buffer);
}

static void test_interior_of_a_big_buffer_cannot_be_freed(void **state)
{
    uint8_t *buffer = allocate(DATA, 3 * PAGE_BYTES);

    (void)state;
    memset(buffer, 0, 3 * PAGE_BYTES);
    for (size_t offset = 1; offset < 3 * PAGE_BYTES; offset++)
        assert_not_freed(buffer + offset);
    assert_freed(buffer);
}

static void test_places_never_given_out_cannot_be_freed(void **state)
{
    uint8_t *buffer = allocate(DATA, 32);

    (void)state;
    for (uint8_t *place = (uint8_t *)page_of(buffer); page_of(place) == page_of(buffer); place++) {
        if (place != buffer)
            assert_not_freed(place);
    }
}

static void test_copy_of_a_pool_page_is_none(void **state)
{
    uint8_t *buffer = allocate(DATA, 32);
    EFI_PHYSICAL_ADDRESS copy;

    (void)state;
    assert_int_equal(page_alloc(AllocateAnyPages, DATA, 1, &copy), EFI_SUCCESS);
    memcpy((void *)(uintptr_t)copy, (void *)page_of(buffer), PAGE_BYTES);
    assert_not_freed((void *)(uintptr_t)(copy + ((uintptr_t)buffer - page_of(buffer))));
}

static void test_exhausted_memory_is_out_of_resources(void **state)
{
    void *buffer = allocate(DATA, 5000);
    void *refused = &refused;

    (void)state;
    fake_memory_exhaust();
    assert_int_equal(pool_alloc(DATA, 0, &refused), EFI_OUT_OF_RESOURCES);
    assert_int_equal(pool_alloc(DATA, 1000, &refused), EFI_OUT_OF_RESOURCES);
    assert_int_equal(pool_alloc(DATA, 5000, &refused), EFI_OUT_OF_RESOURCES);
    assert_ptr_equal(refused, &refused);
    assert_freed(buffer);
    assert_ptr_equal(allocate(DATA, 5000), buffer);
}

static void test_new_objects_are_zeroed(void **state)
{
    (void)state;
    for (size_t bytes = 1; bytes < 3 * PAGE_BYTES; bytes = bytes * 2 + 1) {
        void *dirty = allocate(EfiBootServicesData, bytes);
        uint8_t *object;

        memset(dirty, 0xa5, bytes);
        assert_freed(dirty);
        object = pool_new(bytes);
        assert_ptr_equal(object, dirty);
        assert_filled(object, 0, bytes);
    }
}

static void test_new_objects_are_boot_services_data(void **state)
{
    (void)state;
    assert_int_equal(type_of(pool_new(8)), EfiBootServicesData);
    assert_int_equal(type_of(pool_new(8000)), EfiBootServicesData);
}

static void test_no_new_object_without_memory(void **state)
{
    (void)state;
    fake_memory_exhaust();
    assert_null(pool_new(8));
    assert_null(pool_new(8000));
}

static void test_objects_are_told_apart(void **state)
{
    char *handle = pool_new_object(POOL_HANDLE, 40);
    char *event = pool_new_object(POOL_EVENT, 40);
    char *buffer = pool_new(40);

    (void)state;
    assert_true(pool_has_object(handle, POOL_HANDLE));
    assert_true(pool_has_object(event, POOL_EVENT));
    assert_false(pool_has_object(handle, POOL_EVENT));
    assert_false(pool_has_object(event, POOL_HANDLE));
    assert_false(pool_has_object(buffer, POOL_HANDLE));
    assert_false(pool_has_object(handle + 1, POOL_HANDLE));
    assert_false(pool_has_object(handle + 16, POOL_HANDLE));
    assert_false(pool_has_object(handle + 48, POOL_HANDLE));
    assert_false(pool_has_object((char *)page_of(handle), POOL_HANDLE));
}

static void test_objects_are_zeroed_and_aligned(void **state)
{
    static const uint8_t zero[200];

    (void)state;
    for (unsigned int i = 0; i < 100; i++) {
        uint8_t *object = pool_new_object(POOL_EVENT, sizeof(zero));

        assert_int_equal((uintptr_t)object % 16, 0);
        assert_memory_equal(object, zero, sizeof(zero));
        memset(object, 0xa5, sizeof(zero));
        if (i % 3 == 0)
            pool_free_object(object, POOL_EVENT);
    }
}

static void test_what_is_no_address_of_an_object(void **state)
{
    static const uint64_t wild[] = {
        0,
        1,
        64,
        FAKE_MEMORY_START,
        FAKE_MEMORY_START + 64,
        FAKE_MEMORY_END - 1,
        FAKE_MEMORY_END,
        UINT32_MAX,
        1ull << 47,
        1ull << 52,
        UINT64_MAX,
    };

    (void)state;
    pool_new_object(POOL_HANDLE, 40);
    for (size_t i = 0; i < sizeof(wild) / sizeof(wild[0]); i++)
        assert_false(pool_has_object((void *)(uintptr_t)wild[i], POOL_HANDLE));
}

static void test_freed_objects_are_none(void **state)
{
    void *first = pool_new_object(POOL_HANDLE, 40);
    void *second = pool_new_object(POOL_HANDLE, 40);

    (void)state;
    pool_free_object(first, POOL_HANDLE);
    assert_false(pool_has_object(first, POOL_HANDLE));
    assert_true(pool_has_object(second, POOL_HANDLE));
    pool_free_object(second, POOL_HANDLE);
    assert_false(pool_has_object(second, POOL_HANDLE));
    assert_int_equal(fake_memory_used_pages(), 0);
}

static void test_clients_cannot_free_objects(void **state)
{
    void *object = pool_new_object(POOL_HANDLE, 40);

    (void)state;
    assert_not_freed(object);
    assert_true(pool_has_object(object, POOL_HANDLE));
}

/* The page has room for one more only when it was looked for by type, size and kind. */
static void test_pages_with_room_for_others_are_passed_over(void **state)
{
    static const uint32_t types[] = {EfiLoaderCode, DATA, EfiBootServicesCode, 0x80000000};

    (void)state;
    for (unsigned int size = 32; size <= 1024; size *= 2)
        for (unsigned int i = 0; i < 4; i++)
            assert_int_equal(type_of(allocate(types[i], size)), types[i]);
    assert_int_equal(fake_memory_used_pages(), 4 * 6);
    for (unsigned int size = 32; size <= 1024; size *= 2)
        for (unsigned int i = 0; i < 4; i++)
            assert_int_equal(type_of(allocate(types[i], size)), types[i]);
    assert_int_equal(fake_memory_used_pages(), 4 * 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_buffers_of_all_sizes_lie_apart, fake_memory_setup),
        cmocka_unit_test_setup(test_empty_buffers_are_different_ones, fake_memory_setup),
        cmocka_unit_test_setup(test_big_buffers_are_usable_to_the_last_byte, fake_memory_setup),
        cmocka_unit_test_setup(test_big_buffers_take_no_page_too_many, fake_memory_setup),
        cmocka_unit_test_setup(test_every_type_lies_in_pages_of_its_own, fake_memory_setup),
        cmocka_unit_test_setup(test_types_that_nobody_may_ask_for_are_refused, fake_memory_setup),
        cmocka_unit_test_setup(test_buffer_pointer_must_not_be_null, fake_memory_setup),
        cmocka_unit_test_setup(test_sizes_that_cannot_be_are_out_of_resources, fake_memory_setup),
        cmocka_unit_test_setup(test_small_buffers_share_a_page, fake_memory_setup),
        cmocka_unit_test_setup(test_freed_piece_is_used_again, fake_memory_setup),
        cmocka_unit_test_setup(test_pages_go_back_when_they_are_empty, fake_memory_setup),
        cmocka_unit_test_setup(test_small_buffer_cannot_be_freed_twice, fake_memory_setup),
        cmocka_unit_test_setup(test_last_buffer_of_a_page_cannot_be_freed_twice, fake_memory_setup),
        cmocka_unit_test_setup(test_big_buffer_cannot_be_freed_twice, fake_memory_setup),
        cmocka_unit_test_setup(test_null_cannot_be_freed, fake_memory_setup),
        cmocka_unit_test_setup(test_memory_that_the_map_does_not_know_cannot_be_freed,
                               fake_memory_setup),
        cmocka_unit_test_setup(test_free_memory_cannot_be_freed, fake_memory_setup),
        cmocka_unit_test_setup(test_pages_cannot_be_freed_as_pool, fake_memory_setup),
        cmocka_unit_test_setup(test_pages_that_were_pool_once_cannot_be_freed_as_pool,
                               fake_memory_setup),
        cmocka_unit_test_setup(test_interior_of_a_small_buffer_cannot_be_freed, fake_memory_setup),
        cmocka_unit_test_setup(test_interior_of_a_big_buffer_cannot_be_freed, fake_memory_setup),
        cmocka_unit_test_setup(test_places_never_given_out_cannot_be_freed, fake_memory_setup),
        cmocka_unit_test_setup(test_copy_of_a_pool_page_is_none, fake_memory_setup),
        cmocka_unit_test_setup(test_exhausted_memory_is_out_of_resources, fake_memory_setup),
        cmocka_unit_test_setup(test_new_objects_are_zeroed, fake_memory_setup),
        cmocka_unit_test_setup(test_new_objects_are_boot_services_data, fake_memory_setup),
        cmocka_unit_test_setup(test_no_new_object_without_memory, fake_memory_setup),
        cmocka_unit_test_setup(test_objects_are_told_apart, fake_memory_setup),
        cmocka_unit_test_setup(test_objects_are_zeroed_and_aligned, fake_memory_setup),
        cmocka_unit_test_setup(test_what_is_no_address_of_an_object, fake_memory_setup),
        cmocka_unit_test_setup(test_freed_objects_are_none, fake_memory_setup),
        cmocka_unit_test_setup(test_clients_cannot_free_objects, fake_memory_setup),
        cmocka_unit_test_setup(test_pages_with_room_for_others_are_passed_over, fake_memory_setup),
    };

    return isolated_run(tests);
}
