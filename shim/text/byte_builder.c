#include "shim/text/byte_builder.h"

#include "loader/lib/string.h"
#include "shim/memory/pool.h"

#define CAPACITY_MIN 128u

static bool fail(struct byte_builder *builder)
{
    builder->failed = true;
    return false;
}

static bool make_room(struct byte_builder *builder, size_t needed)
{
    size_t capacity = builder->capacity ? builder->capacity : CAPACITY_MIN;
    uint8_t *larger;

    if (needed <= builder->capacity)
        return true;
    while (capacity < needed)
        capacity *= 2;
    larger = pool_new(capacity);
    if (!larger)
        return fail(builder);
    if (builder->bytes) {
        memcpy(larger, builder->bytes, builder->size);
        pool_free(builder->bytes);
    }
    builder->bytes = larger;
    builder->capacity = capacity;
    return true;
}

uint8_t *byte_builder_add(struct byte_builder *builder, size_t bytes)
{
    uint8_t *added;

    if (builder->failed || bytes > builder->limit - builder->size) {
        fail(builder);
        return NULL;
    }
    if (!make_room(builder, builder->size + bytes))
        return NULL;
    added = builder->bytes + builder->size;
    memset(added, 0, bytes);
    builder->size += bytes;
    return added;
}

void byte_builder_cut(struct byte_builder *builder, size_t size)
{
    if (size < builder->size)
        builder->size = size;
}

void *byte_builder_take(struct byte_builder *builder)
{
    void *bytes;

    if (builder->failed) {
        byte_builder_drop(builder);
        return NULL;
    }
    bytes = builder->bytes;
    *builder = (struct byte_builder)BYTE_BUILDER(builder->limit);
    return bytes;
}

void byte_builder_drop(struct byte_builder *builder)
{
    if (builder->bytes)
        pool_free(builder->bytes);
    *builder = (struct byte_builder)BYTE_BUILDER(builder->limit);
}
