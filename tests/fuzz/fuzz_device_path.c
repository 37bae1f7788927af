/*
 * The input's first two bytes say how long the first path's bytes are, the rest is the second
 * path's: both as they come, then zeroes as far as anybody may look.
 */
#include "shim/device_path/device_path.h"

#include <stdlib.h>
#include <string.h>

#include "shim/memory/pool.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/fake_memory.h"

#define READABLE_BYTES (DEVICE_PATH_BYTES_MAX + sizeof(EFI_DEVICE_PATH))

/* On the heap, so that a byte too far is seen. */
static EFI_DEVICE_PATH *path_from(const uint8_t *data, size_t size)
{
    uint8_t *path = calloc(1, READABLE_BYTES);

    memcpy(path, data, size < READABLE_BYTES ? size : READABLE_BYTES);
    return (EFI_DEVICE_PATH *)path;
}

static const uint8_t *node_at(const EFI_DEVICE_PATH *path, size_t offset)
{
    return (const uint8_t *)path + offset;
}

static int is_end(const uint8_t *node)
{
    return node[0] == END_DEVICE_PATH_TYPE && node[1] == END_ENTIRE_DEVICE_PATH_SUBTYPE;
}

/* A path that was accepted has nodes of possible lengths up to an end, and ends there. */
static void check_nodes(const EFI_DEVICE_PATH *path, size_t bytes)
{
    size_t offset = 0;

    REQUIRE(bytes >= sizeof(EFI_DEVICE_PATH) && bytes <= READABLE_BYTES);
    while (!is_end(node_at(path, offset))) {
        size_t length = node_at(path, offset)[2] | (size_t)node_at(path, offset)[3] << 8;

        REQUIRE(length >= sizeof(EFI_DEVICE_PATH));
        offset += length;
        REQUIRE(offset <= bytes - sizeof(EFI_DEVICE_PATH));
    }
    REQUIRE(offset + sizeof(EFI_DEVICE_PATH) == bytes);
}

static void check_copy(EFI_DEVICE_PATH *path, size_t bytes)
{
    EFI_DEVICE_PATH *copy = device_path_copy(path);

    if (!bytes) {
        REQUIRE(!copy);
        return;
    }
    REQUIRE(memcmp(copy, path, bytes) == 0);
    REQUIRE(device_path_behind(path, copy) ==
            (EFI_DEVICE_PATH *)((uint8_t *)path + bytes - sizeof(EFI_DEVICE_PATH)));
    REQUIRE(pool_free(copy) == EFI_SUCCESS);
}

static void check_join(EFI_DEVICE_PATH *first, size_t first_bytes, EFI_DEVICE_PATH *second,
                       size_t second_bytes)
{
    EFI_DEVICE_PATH *joined = device_path_join(first, second);
    EFI_DEVICE_PATH *rest;

    if (!first_bytes || !second_bytes) {
        REQUIRE(!joined);
        return;
    }
    rest = device_path_behind(joined, first);
    REQUIRE((uint8_t *)rest == (uint8_t *)joined + first_bytes - sizeof(EFI_DEVICE_PATH));
    REQUIRE(memcmp(rest, second, second_bytes) == 0);
    REQUIRE(pool_free(joined) == EFI_SUCCESS);
}

static void check_behind(EFI_DEVICE_PATH *path, size_t path_bytes, const EFI_DEVICE_PATH *prefix,
                         size_t prefix_bytes)
{
    const uint8_t *rest = (const uint8_t *)device_path_behind(path, prefix);

    if (!rest)
        return;
    REQUIRE(prefix_bytes <= path_bytes);
    REQUIRE(rest == node_at(path, prefix_bytes - sizeof(EFI_DEVICE_PATH)));
    REQUIRE(memcmp(path, prefix, prefix_bytes - sizeof(EFI_DEVICE_PATH)) == 0);
}

static void check_pair(const uint8_t *data, size_t size, size_t split)
{
    EFI_DEVICE_PATH *first = path_from(data, split);
    EFI_DEVICE_PATH *second = path_from(data + split, size - split);
    size_t first_bytes = device_path_bytes(first);
    size_t second_bytes = device_path_bytes(second);

    if (first_bytes)
        check_nodes(first, first_bytes);
    if (second_bytes)
        check_nodes(second, second_bytes);
    check_copy(first, first_bytes);
    check_join(first, first_bytes, second, second_bytes);
    if (first_bytes && second_bytes)
        check_behind(first, first_bytes, second, second_bytes);
    free(second);
    free(first);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int initialised;

    if (!initialised)
        fake_memory_init();
    initialised = 1;
    if (size < 2)
        return 0;
    check_pair(data + 2, size - 2, (data[0] | (size_t)data[1] << 8) % (size - 1));
    REQUIRE(fake_memory_used_pages() == 0);
    return 0;
}
