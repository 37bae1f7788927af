#include "tests/unit/pool_client.h"

#include "shim/memory/page_alloc.h"
#include "shim/memory/pool.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

#define PAGE_BYTES 4096u

void *pool_client_allocate(uint32_t type, size_t bytes)
{
    void *buffer = NULL;

    assert_int_equal(pool_alloc(type, bytes, &buffer), EFI_SUCCESS);
    assert_in_range((uintptr_t)buffer, FAKE_MEMORY_START, FAKE_MEMORY_END - bytes);
    return buffer;
}

void pool_client_free(void *buffer)
{
    assert_int_equal(pool_free(buffer), EFI_SUCCESS);
}

void pool_client_cannot_free(void *buffer)
{
    uint64_t used = fake_memory_used_pages();

    assert_int_equal(pool_free(buffer), EFI_INVALID_PARAMETER);
    assert_int_equal(fake_memory_used_pages(), used);
}

void pool_client_expect(const uint8_t *buffer, uint8_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        assert_int_equal(buffer[i], value);
}

uint32_t pool_client_type(const void *buffer)
{
    uint32_t type;

    assert_true(page_alloc_type_at((uintptr_t)buffer, &type));
    return type;
}

uintptr_t pool_client_page(const void *buffer)
{
    return (uintptr_t)buffer & ~(uintptr_t)(PAGE_BYTES - 1);
}
