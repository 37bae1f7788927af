/* AllocatePool and FreePool (UEFI 2.10 sections 7.2.4 and 7.2.5). */
#include "shim/memory/pool.h"

#include <string.h>

#include "shim/memory/memory_type.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"
#include "tests/unit/pool_client.h"

#define PAGE_BYTES 4096u
#define DATA       EfiLoaderData
#define SIZES      5001u

static void test_buffers_of_all_sizes_lie_apart(void **state)
{
    static uint8_t *buffers[SIZES];

    (void)state;
    for (size_t bytes = 0; bytes < SIZES; bytes++) {
        buffers[bytes] = pool_client_allocate(DATA, bytes);
        assert_int_equal((uintptr_t)buffers[bytes] % 16, 0);
        memset(buffers[bytes], (int)(bytes % 251), bytes);
    }
    for (size_t bytes = 0; bytes < SIZES; bytes++)
        pool_client_expect(buffers[bytes], (uint8_t)(bytes % 251), bytes);
    for (size_t bytes = 0; bytes < SIZES; bytes++)
        pool_client_free(buffers[bytes]);
    assert_int_equal(fake_memory_used_pages(), 0);
}

static void test_empty_buffers_are_different_ones(void **state)
{
    (void)state;
    assert_ptr_not_equal(pool_client_allocate(DATA, 0), pool_client_allocate(DATA, 0));
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
        buffers[i] = pool_client_allocate(DATA, sizes[i]);
        memset(buffers[i], (int)i + 1, sizes[i]);
    }
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        assert_int_equal((uintptr_t)buffers[i] % 16, 0);
        pool_client_expect(buffers[i], (uint8_t)(i + 1), sizes[i]);
        pool_client_free(buffers[i]);
    }
    assert_int_equal(fake_memory_used_pages(), 0);
}

static void test_big_buffers_take_no_page_too_many(void **state)
{
    (void)state;
    pool_client_allocate(DATA, 3 * PAGE_BYTES - 64);
    assert_int_equal(fake_memory_used_pages(), 3);
    pool_client_allocate(DATA, 3 * PAGE_BYTES - 63);
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
        assert_int_equal(pool_client_type(pool_client_allocate(types[i], 100)), types[i]);
        assert_int_equal(pool_client_type(pool_client_allocate(types[i], 5000)), types[i]);
    }
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        assert_int_equal(pool_client_type(pool_client_allocate(types[i], 100)), types[i]);
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
    assert_int_equal(pool_client_page(pool_client_allocate(DATA, 24)),
                     pool_client_page(pool_client_allocate(DATA, 32)));
    assert_int_equal(fake_memory_used_pages(), 1);
}

static void test_freed_piece_is_used_again(void **state)
{
    uint8_t *buffers[2 * PAGE_BYTES / 128];
    size_t count = 0;
    void *freed;

    (void)state;
    do {
        buffers[count] = pool_client_allocate(DATA, 128);
    } while (pool_client_page(buffers[count++]) == pool_client_page(buffers[0]));
    freed = buffers[count / 2];
    pool_client_free(freed);
    pool_client_free(buffers[count - 1]);
    assert_ptr_equal(pool_client_allocate(DATA, 128), freed);
}

static void test_pages_go_back_when_they_are_empty(void **state)
{
    void *buffers[1000];

    (void)state;
    for (size_t i = 0; i < 1000; i++)
        buffers[i] = pool_client_allocate(DATA, i % 100);
    for (size_t i = 0; i < 1000; i += 2)
        pool_client_free(buffers[i]);
    assert_int_not_equal(fake_memory_used_pages(), 0);
    for (size_t i = 999; i < 1000; i -= 2)
        pool_client_free(buffers[i]);
    assert_int_equal(fake_memory_used_pages(), 0);
}

static void test_exhausted_memory_is_out_of_resources(void **state)
{
    void *buffer = pool_client_allocate(DATA, 5000);
    void *refused = &refused;

    (void)state;
    fake_memory_exhaust();
    assert_int_equal(pool_alloc(DATA, 0, &refused), EFI_OUT_OF_RESOURCES);
    assert_int_equal(pool_alloc(DATA, 1000, &refused), EFI_OUT_OF_RESOURCES);
    assert_int_equal(pool_alloc(DATA, 5000, &refused), EFI_OUT_OF_RESOURCES);
    assert_ptr_equal(refused, &refused);
    pool_client_free(buffer);
    assert_ptr_equal(pool_client_allocate(DATA, 5000), buffer);
}

/* The page has room for one more only when it was looked for by type, size and kind. */
static void test_pages_with_room_for_others_are_passed_over(void **state)
{
    static const uint32_t types[] = {EfiLoaderCode, DATA, EfiBootServicesCode, 0x80000000};

    (void)state;
    for (unsigned int size = 32; size <= 1024; size *= 2)
        for (unsigned int i = 0; i < 4; i++)
            assert_int_equal(pool_client_type(pool_client_allocate(types[i], size)), types[i]);
    assert_int_equal(fake_memory_used_pages(), 4 * 6);
    for (unsigned int size = 32; size <= 1024; size *= 2)
        for (unsigned int i = 0; i < 4; i++)
            assert_int_equal(pool_client_type(pool_client_allocate(types[i], size)), types[i]);
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
        cmocka_unit_test_setup(test_exhausted_memory_is_out_of_resources, fake_memory_setup),
        cmocka_unit_test_setup(test_pages_with_room_for_others_are_passed_over, fake_memory_setup),
    };

    return isolated_run(tests);
}
