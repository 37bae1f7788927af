#include "shim/device_path/device_path.h"

#include <stdint.h>

#include "loader/lib/string.h"
#include "shim/memory/pool.h"

#define NODE_HEADER_BYTES sizeof(EFI_DEVICE_PATH)

const EFI_GUID device_path_protocol_guid = EFI_DEVICE_PATH_PROTOCOL_GUID;

size_t device_path_node_bytes(const EFI_DEVICE_PATH *node)
{
    return (size_t)node->Length[0] | (size_t)node->Length[1] << 8;
}

static size_t node_bytes(const uint8_t *node)
{
    return device_path_node_bytes((const EFI_DEVICE_PATH *)node);
}

static bool node_is_end(const uint8_t *node)
{
    const EFI_DEVICE_PATH *header = (const EFI_DEVICE_PATH *)node;

    return header->Type == END_DEVICE_PATH_TYPE &&
           header->SubType == END_ENTIRE_DEVICE_PATH_SUBTYPE;
}

size_t device_path_bytes(const EFI_DEVICE_PATH *path)
{
    const uint8_t *bytes = (const uint8_t *)path;
    size_t offset = 0;

    while (!node_is_end(bytes + offset)) {
        size_t length = node_bytes(bytes + offset);

        if (length < NODE_HEADER_BYTES || length > DEVICE_PATH_BYTES_MAX - offset)
            return 0;
        offset += length;
    }
    return offset + NODE_HEADER_BYTES;
}

EFI_DEVICE_PATH *device_path_copy(const EFI_DEVICE_PATH *path)
{
    size_t bytes = device_path_bytes(path);
    EFI_DEVICE_PATH *copy = bytes ? pool_new(bytes) : NULL;

    return copy ? memcpy(copy, path, bytes) : NULL;
}

EFI_DEVICE_PATH *device_path_join(const EFI_DEVICE_PATH *first, const EFI_DEVICE_PATH *second)
{
    size_t first_bytes = device_path_bytes(first);
    size_t second_bytes = device_path_bytes(second);
    uint8_t *joined;

    if (!first_bytes || !second_bytes)
        return NULL;
    first_bytes -= NODE_HEADER_BYTES;
    joined = pool_new(first_bytes + second_bytes);
    if (!joined)
        return NULL;
    memcpy(joined, first, first_bytes);
    memcpy(joined + first_bytes, second, second_bytes);
    return (EFI_DEVICE_PATH *)joined;
}

EFI_DEVICE_PATH *device_path_behind(EFI_DEVICE_PATH *path, const EFI_DEVICE_PATH *prefix)
{
    uint8_t *bytes = (uint8_t *)path;
    const uint8_t *wanted = (const uint8_t *)prefix;

    while (!node_is_end(wanted)) {
        size_t length = node_bytes(wanted);

        if (length < NODE_HEADER_BYTES || node_is_end(bytes) || node_bytes(bytes) != length ||
            memcmp(bytes, wanted, length) != 0)
            return NULL;
        bytes += length;
        wanted += length;
    }
    return (EFI_DEVICE_PATH *)bytes;
}
