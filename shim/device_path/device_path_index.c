#include "shim/device_path/device_path_index.h"

#include <stdbool.h>

#include "loader/lib/string.h"
#include "shim/device_path/device_path.h"

/* Fowler, Noll and Vo's FNV-1a. */
#define HASH_START 0xcbf29ce484222325ull
#define HASH_PRIME 0x00000100000001b3ull

/* Of the nodes of a path, without its end. In the index it takes the place of a GUID. */
struct digest {
    uint64_t hash;
    uint64_t bytes;
};
_Static_assert(sizeof(struct digest) == sizeof(EFI_GUID), "a digest is kept as a GUID");

static struct tree by_path = GUID_INDEX_EMPTY;

static void digest_add(struct digest *digest, const EFI_DEVICE_PATH *node)
{
    const uint8_t *bytes = (const uint8_t *)node;
    size_t count = DevicePathNodeLength(node);

    for (size_t i = 0; i < count; i++)
        digest->hash = (digest->hash ^ bytes[i]) * HASH_PRIME;
    digest->bytes += count;
}

static EFI_GUID as_guid(struct digest digest)
{
    EFI_GUID guid;

    memcpy(&guid, &digest, sizeof(guid));
    return guid;
}

void device_path_index_add(struct handle *handle, const EFI_DEVICE_PATH *path)
{
    EFI_DEVICE_PATH *node = (EFI_DEVICE_PATH *)(uintptr_t)path;
    struct digest digest = {.hash = HASH_START};
    EFI_GUID guid;

    if (!path || !device_path_bytes(path))
        return;
    for (; !IsDevicePathEnd(node); node = NextDevicePathNode(node))
        digest_add(&digest, node);
    guid = as_guid(digest);
    guid_index_add(&by_path, &handle->by_path, &guid, handle->number);
}

void device_path_index_remove(struct handle *handle)
{
    if (tree_node_is_linked(&handle->by_path.node))
        tree_remove(&by_path, &handle->by_path.node);
}

/* Does `handle` have `guid`, and are the nodes of `path` up to `rest` still its device path? */
static bool is_wanted(struct handle *handle, const EFI_GUID *guid, EFI_DEVICE_PATH *path,
                      const EFI_DEVICE_PATH *rest)
{
    const struct protocol *device = handle_find_protocol(handle, &device_path_protocol_guid);

    return device && handle_find_protocol(handle, guid) &&
           device_path_behind(path, device->interface) == rest;
}

static struct handle *find_exact(const EFI_GUID *guid, EFI_DEVICE_PATH *path,
                                 const EFI_DEVICE_PATH *rest, struct digest digest)
{
    const EFI_GUID key = as_guid(digest);

    for (struct guid_entry *entry = guid_index_find(&by_path, &key, 0); entry;
         entry = guid_index_next(entry)) {
        struct handle *handle = container_of(entry, struct handle, by_path);

        if (is_wanted(handle, guid, path, rest))
            return handle;
    }
    return NULL;
}

struct handle *device_path_index_find(const EFI_GUID *guid, EFI_DEVICE_PATH *path,
                                      EFI_DEVICE_PATH **ret_rest)
{
    struct digest digest = {.hash = HASH_START};
    struct handle *longest = NULL;

    for (EFI_DEVICE_PATH *rest = path;; rest = NextDevicePathNode(rest)) {
        struct handle *found = find_exact(guid, path, rest, digest);

        if (found) {
            longest = found;
            *ret_rest = rest;
        }
        if (IsDevicePathEnd(rest))
            return longest;
        digest_add(&digest, rest);
    }
}
