#include "shim/hii/hii_package_list.h"

#include "loader/lib/string.h"
#include "shim/guid.h"
#include "shim/hii/hii_format.h"

bool hii_package_list_open(const void *list, struct hii_package_list_walk *ret_walk)
{
    struct hii_package_list_header header;

    memcpy(&header, list, sizeof(header));
    *ret_walk = (struct hii_package_list_walk){
        .bytes = list,
        .size = header.bytes,
        .offset = sizeof(header),
    };
    return header.bytes >= sizeof(header);
}

bool hii_package_read(const void *bytes, size_t size, struct hii_package_view *ret_package)
{
    uint32_t header;
    uint32_t package_bytes;

    if (size < sizeof(header))
        return false;
    memcpy(&header, bytes, sizeof(header));
    package_bytes = header & HII_PACKAGE_BYTES_MAX;
    if (package_bytes < sizeof(header) || package_bytes > size)
        return false;
    *ret_package = (struct hii_package_view){
        .bytes = bytes,
        .size = package_bytes,
        .type = (uint8_t)(header >> 24),
    };
    return true;
}

EFI_STATUS hii_package_list_next(struct hii_package_list_walk *walk,
                                 struct hii_package_view *ret_package)
{
    struct hii_package_view package;

    if (walk->offset == walk->size)
        return EFI_NOT_FOUND;
    if (!hii_package_read(walk->bytes + walk->offset, walk->size - walk->offset, &package))
        return EFI_INVALID_PARAMETER;
    if (package.type == HII_PACKAGE_END)
        return EFI_NOT_FOUND;
    walk->offset += package.size;
    *ret_package = package;
    return EFI_SUCCESS;
}

const EFI_GUID *hii_package_guid(const struct hii_package_view *package)
{
    if (package->type != HII_PACKAGE_GUID ||
        package->size < HII_PACKAGE_HEADER_BYTES + sizeof(EFI_GUID))
        return NULL;
    return (const EFI_GUID *)(package->bytes + HII_PACKAGE_HEADER_BYTES);
}

bool hii_package_is(const struct hii_package_view *package, uint8_t type, const EFI_GUID *guid)
{
    const EFI_GUID *own = hii_package_guid(package);

    if (type == HII_PACKAGE_ALL)
        return true;
    if (package->type != type)
        return false;
    return type != HII_PACKAGE_GUID || (own && guid && guid_equal(own, guid));
}
