#include "shim/memory/pool.h"

#include "loader/lib/string.h"
#include "shim/memory/memory_type.h"
#include "shim/memory/pool_page.h"

/* More cannot be counted in pages. */
#define BYTES_MAX (SIZE_MAX / 2)

/* Few sizes, so that few pages have room that nobody needs. */
static uint16_t slot_bytes_for(size_t bytes)
{
    uint16_t slot_bytes = POOL_SLOT_MIN;

    while (slot_bytes < bytes)
        slot_bytes *= 2;
    return slot_bytes;
}

EFI_STATUS pool_alloc(uint32_t type, size_t bytes, void **ret_buffer)
{
    void *buffer;

    if (!ret_buffer || !memory_type_is_allocatable(type))
        return EFI_INVALID_PARAMETER;
    if (bytes > BYTES_MAX)
        return EFI_OUT_OF_RESOURCES;
    if (bytes > POOL_SLOT_MAX)
        buffer = pool_run_new(type, bytes);
    else
        buffer =
            pool_slot_new((struct pool_purpose){.type = type, .slot_bytes = slot_bytes_for(bytes)});
    if (!buffer)
        return EFI_OUT_OF_RESOURCES;
    *ret_buffer = buffer;
    return EFI_SUCCESS;
}

EFI_STATUS pool_free(void *buffer)
{
    struct pool_page *page = pool_page_of(buffer, POOL_BUFFER);

    if (!page)
        return EFI_INVALID_PARAMETER;
    pool_page_free(page, buffer);
    return EFI_SUCCESS;
}

void *pool_new(size_t bytes)
{
    void *buffer;

    if (pool_alloc(EfiBootServicesData, bytes, &buffer) != EFI_SUCCESS)
        return NULL;
    return memset(buffer, 0, bytes);
}

void *pool_new_object(enum pool_kind kind, size_t bytes)
{
    size_t rounded = (bytes + POOL_ALIGNMENT - 1) / POOL_ALIGNMENT * POOL_ALIGNMENT;
    void *object = pool_slot_new((struct pool_purpose){
        .type = EfiBootServicesData, .kind = kind, .slot_bytes = (uint16_t)rounded});

    return object ? memset(object, 0, bytes) : NULL;
}

bool pool_has_object(const void *object, enum pool_kind kind)
{
    return pool_page_of(object, kind);
}

void pool_free_object(void *object, enum pool_kind kind)
{
    struct pool_page *page = pool_page_of(object, kind);

    if (page)
        pool_page_free(page, object);
}
