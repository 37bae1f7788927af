/* What FreePool refuses (UEFI 2.10 section 7.2.5). */
#include "shim/memory/pool.h"

#include <string.h>

#include "shim/memory/page_alloc.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"
#include "tests/unit/pool_client.h"

#define PAGE_BYTES 4096u
#define DATA       EfiLoaderData

static void test_small_buffer_cannot_be_freed_twice(void **state)
{
    void *buffer = pool_client_allocate(DATA, 40);

    (void)state;
    pool_client_allocate(DATA, 40);
    pool_client_free(buffer);
    pool_client_cannot_free(buffer);
}

static void test_last_buffer_of_a_page_cannot_be_freed_twice(void **state)
{
    void *buffer = pool_client_allocate(DATA, 40);

    (void)state;
    pool_client_free(buffer);
    pool_client_cannot_free(buffer);
}

static void test_big_buffer_cannot_be_freed_twice(void **state)
{
    void *buffer = pool_client_allocate(DATA, 100000);

    (void)state;
    pool_client_free(buffer);
    pool_client_cannot_free(buffer);
}

static void test_null_cannot_be_freed(void **state)
{
    (void)state;
    pool_client_cannot_free(NULL);
    pool_client_cannot_free((void *)(uintptr_t)64);
}

static void test_memory_that_the_map_does_not_know_cannot_be_freed(void **state)
{
    int on_the_stack;

    (void)state;
    pool_client_cannot_free(&on_the_stack);
    pool_client_cannot_free((void *)(uintptr_t)FAKE_MEMORY_END);
    pool_client_cannot_free((void *)UINTPTR_MAX);
}

static void test_free_memory_cannot_be_freed(void **state)
{
    (void)state;
    pool_client_cannot_free((void *)(uintptr_t)(FAKE_MEMORY_START + 64));
}

static void test_pages_cannot_be_freed_as_pool(void **state)
{
    EFI_PHYSICAL_ADDRESS address;

    (void)state;
    assert_int_equal(page_alloc(AllocateAnyPages, DATA, 2, &address), EFI_SUCCESS);
    pool_client_cannot_free((void *)(uintptr_t)address);
    pool_client_cannot_free((void *)(uintptr_t)(address + 64));
}

static void test_pages_that_were_pool_once_cannot_be_freed_as_pool(void **state)
{
    static const size_t sizes[] = {40, 5000};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        void *buffer = pool_client_allocate(DATA, sizes[i]);
        EFI_PHYSICAL_ADDRESS address = pool_client_page(buffer);

        pool_client_free(buffer);
        assert_int_equal(page_alloc(AllocateAddress, DATA, 1, &address), EFI_SUCCESS);
        pool_client_cannot_free(buffer);
    }
}

static void test_interior_of_a_small_buffer_cannot_be_freed(void **state)
{
    uint8_t *buffer = pool_client_allocate(DATA, 1000);

    (void)state;
    for (size_t offset = 1; offset < 1000; offset++)
        pool_client_cannot_free(buffer + offset);
    pool_client_free(buffer);
}

static void test_interior_of_a_big_buffer_cannot_be_freed(void **state)
{
    uint8_t *buffer = pool_client_allocate(DATA, 3 * PAGE_BYTES);

    (void)state;
    memset(buffer, 0, 3 * PAGE_BYTES);
    for (size_t offset = 1; offset < 3 * PAGE_BYTES; offset++)
        pool_client_cannot_free(buffer + offset);
    pool_client_free(buffer);
}

static void test_places_never_given_out_cannot_be_freed(void **state)
{
    uint8_t *buffer = pool_client_allocate(DATA, 32);

    (void)state;
    for (uint8_t *place = (uint8_t *)pool_client_page(buffer);
         pool_client_page(place) == pool_client_page(buffer); place++) {
        if (place != buffer)
            pool_client_cannot_free(place);
    }
}

static void test_copy_of_a_pool_page_is_none(void **state)
{
    uint8_t *buffer = pool_client_allocate(DATA, 32);
    EFI_PHYSICAL_ADDRESS copy;

    (void)state;
    assert_int_equal(page_alloc(AllocateAnyPages, DATA, 1, &copy), EFI_SUCCESS);
    memcpy((void *)(uintptr_t)copy, (void *)pool_client_page(buffer), PAGE_BYTES);
    pool_client_cannot_free(
        (void *)(uintptr_t)(copy + ((uintptr_t)buffer - pool_client_page(buffer))));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
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
    };

    return isolated_run(tests);
}
