#include "shim/device_path/device_path_utilities.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "loader/lib/string.h"
#include "shim/device_path/device_path.h"
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"

#define HEADER_BYTES sizeof(EFI_DEVICE_PATH)

static const EFI_DEVICE_PATH end_node = DEVICE_PATH_END;
static const EFI_DEVICE_PATH instance_end_node = DEVICE_PATH_INSTANCE_END;

static const EFI_DEVICE_PATH *next_node(const EFI_DEVICE_PATH *node)
{
    return (const EFI_DEVICE_PATH *)((const uint8_t *)node + device_path_node_bytes(node));
}

/* Where an instance of a well-formed path ends; both kinds of end are ends of one. */
static const EFI_DEVICE_PATH *instance_end(const EFI_DEVICE_PATH *node)
{
    while (node->Type != END_DEVICE_PATH_TYPE ||
           (node->SubType != END_ENTIRE_DEVICE_PATH_SUBTYPE &&
            node->SubType != END_INSTANCE_DEVICE_PATH_SUBTYPE))
        node = next_node(node);
    return node;
}

static bool is_last_end(const EFI_DEVICE_PATH *end)
{
    return end->SubType == END_ENTIRE_DEVICE_PATH_SUBTYPE;
}

/* Both, one behind the other. NULL when memory is out. */
static EFI_DEVICE_PATH *join(const void *first, size_t first_bytes, const void *second,
                             size_t second_bytes)
{
    uint8_t *joined = pool_new(first_bytes + second_bytes);

    if (!joined)
        return NULL;
    memcpy(joined, first, first_bytes);
    memcpy(joined + first_bytes, second, second_bytes);
    return (EFI_DEVICE_PATH *)joined;
}

static UINTN EFIAPI get_size(const EFI_DEVICE_PATH_PROTOCOL *path)
{
    return path ? device_path_bytes(path) : 0;
}

static EFI_DEVICE_PATH_PROTOCOL *EFIAPI duplicate(const EFI_DEVICE_PATH_PROTOCOL *path)
{
    return path ? device_path_copy(path) : NULL;
}

static EFI_DEVICE_PATH_PROTOCOL *EFIAPI append_path(const EFI_DEVICE_PATH_PROTOCOL *first,
                                                    const EFI_DEVICE_PATH_PROTOCOL *second)
{
    return device_path_join(first ? first : &end_node, second ? second : &end_node);
}

static EFI_DEVICE_PATH_PROTOCOL *EFIAPI append_node(const EFI_DEVICE_PATH_PROTOCOL *path,
                                                    const EFI_DEVICE_PATH_PROTOCOL *node)
{
    EFI_DEVICE_PATH *behind;
    EFI_DEVICE_PATH *appended;

    if (!node)
        return append_path(path, NULL);
    if (device_path_node_bytes(node) < HEADER_BYTES)
        return NULL;
    behind = join(node, device_path_node_bytes(node), &end_node, HEADER_BYTES);
    if (!behind || !path)
        return behind;
    appended = device_path_join(path, behind);
    pool_free(behind);
    return appended;
}

static EFI_DEVICE_PATH_PROTOCOL *EFIAPI append_instance(const EFI_DEVICE_PATH_PROTOCOL *path,
                                                        const EFI_DEVICE_PATH_PROTOCOL *instance)
{
    size_t path_bytes = get_size(path);
    size_t instance_bytes = get_size(instance);
    uint8_t *joined;

    if (!instance_bytes || (path && !path_bytes))
        return NULL;
    if (!path)
        return device_path_copy(instance);
    joined = (uint8_t *)join(path, path_bytes, instance, instance_bytes);
    if (!joined)
        return NULL;
    memcpy(joined + path_bytes - HEADER_BYTES, &instance_end_node, HEADER_BYTES);
    return (EFI_DEVICE_PATH *)joined;
}

/* The copy ends with an end of the whole path, however the instance did. */
static EFI_DEVICE_PATH_PROTOCOL *EFIAPI get_next_instance(EFI_DEVICE_PATH_PROTOCOL **path,
                                                          UINTN *bytes)
{
    const EFI_DEVICE_PATH *end;
    size_t nodes_bytes;
    EFI_DEVICE_PATH *instance;

    if (bytes)
        *bytes = 0;
    if (!path || !get_size(*path))
        return NULL;
    end = instance_end(*path);
    nodes_bytes = (size_t)((const uint8_t *)end - (const uint8_t *)*path);
    instance = join(*path, nodes_bytes, &end_node, HEADER_BYTES);
    if (!instance)
        return NULL;
    *path = is_last_end(end)
                ? NULL
                : (EFI_DEVICE_PATH *)((uint8_t *)*path + nodes_bytes + device_path_node_bytes(end));
    if (bytes)
        *bytes = nodes_bytes + HEADER_BYTES;
    return instance;
}

static BOOLEAN EFIAPI is_multi_instance(const EFI_DEVICE_PATH_PROTOCOL *path)
{
    return get_size(path) && !is_last_end(instance_end(path));
}

static EFI_DEVICE_PATH_PROTOCOL *EFIAPI create_node(UINT8 type, UINT8 subtype, UINT16 length)
{
    EFI_DEVICE_PATH *node = length < HEADER_BYTES ? NULL : pool_new(length);

    if (node)
        *node = (EFI_DEVICE_PATH){type, subtype, {(UINT8)length, (UINT8)(length >> 8)}};
    return node;
}

static EFI_DEVICE_PATH_UTILITIES_PROTOCOL protocol = {
    .GetDevicePathSize = get_size,
    .DuplicateDevicePath = duplicate,
    .AppendDevicePath = append_path,
    .AppendDeviceNode = append_node,
    .AppendDevicePathInstance = append_instance,
    .GetNextDevicePathInstance = get_next_instance,
    .IsDevicePathMultiInstance = is_multi_instance,
    .CreateDeviceNode = create_node,
};

EFI_STATUS device_path_utilities_install(EFI_HANDLE *handle)
{
    static const EFI_GUID guid = EFI_DEVICE_PATH_UTILITIES_PROTOCOL_GUID;

    return handle_install(handle, &guid, &protocol);
}
