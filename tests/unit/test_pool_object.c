/* The firmware's own objects in the pool: new ones, and which pointers are any. */
#include "shim/memory/pool.h"

#include <string.h>

#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"
#include "tests/unit/pool_client.h"

#define PAGE_BYTES 4096u

static void test_new_objects_are_zeroed(void **state)
{
    (void)state;
    for (size_t bytes = 1; bytes < 3 * PAGE_BYTES; bytes = bytes * 2 + 1) {
        void *dirty = pool_client_allocate(EfiBootServicesData, bytes);
        uint8_t *object;

        memset(dirty, 0xa5, bytes);
        pool_client_free(dirty);
        object = pool_new(bytes);
        assert_ptr_equal(object, dirty);
        pool_client_expect(object, 0, bytes);
    }
}

static void test_new_objects_are_boot_services_data(void **state)
{
    (void)state;
    assert_int_equal(pool_client_type(pool_new(8)), EfiBootServicesData);
    assert_int_equal(pool_client_type(pool_new(8000)), EfiBootServicesData);
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
    assert_false(pool_has_object((char *)pool_client_page(handle), POOL_HANDLE));
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
    pool_client_cannot_free(object);
    assert_true(pool_has_object(object, POOL_HANDLE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_new_objects_are_zeroed, fake_memory_setup),
        cmocka_unit_test_setup(test_new_objects_are_boot_services_data, fake_memory_setup),
        cmocka_unit_test_setup(test_no_new_object_without_memory, fake_memory_setup),
        cmocka_unit_test_setup(test_objects_are_told_apart, fake_memory_setup),
        cmocka_unit_test_setup(test_objects_are_zeroed_and_aligned, fake_memory_setup),
        cmocka_unit_test_setup(test_what_is_no_address_of_an_object, fake_memory_setup),
        cmocka_unit_test_setup(test_freed_objects_are_none, fake_memory_setup),
        cmocka_unit_test_setup(test_clients_cannot_free_objects, fake_memory_setup),
    };

    return isolated_run(tests);
}
