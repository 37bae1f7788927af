#include "shim/hii/hii_export.h"

#include <stddef.h>
#include <stdint.h>

#include "loader/lib/string.h"
#include "shim/hii/hii_database.h"
#include "shim/hii/hii_format.h"

static size_t list_bytes(const struct hii_package_list *list)
{
    size_t bytes = sizeof(struct hii_package_list_header) + HII_PACKAGE_HEADER_BYTES;
    const struct hii_package *package = NULL;

    while ((package = hii_package_next(list, package, HII_PACKAGE_ALL)))
        bytes += package->view.size;
    return bytes;
}

static uint8_t *put(uint8_t *to, const void *bytes, size_t size)
{
    return (uint8_t *)memcpy(to, bytes, size) + size;
}

static uint8_t *put_list(uint8_t *to, const struct hii_package_list *list)
{
    const struct hii_package_list_header header = {
        .guid = list->guid,
        .bytes = (uint32_t)list_bytes(list),
    };
    const uint32_t end = hii_package_header(HII_PACKAGE_END, HII_PACKAGE_HEADER_BYTES);
    const struct hii_package *package = NULL;

    to = put(to, &header, sizeof(header));
    while ((package = hii_package_next(list, package, HII_PACKAGE_ALL)))
        to = put(to, package->view.bytes, package->view.size);
    return put(to, &end, sizeof(end));
}

/* The first list, or the next one, of those that are exported. */
static const struct hii_package_list *next_wanted(EFI_HII_HANDLE handle,
                                                  const struct hii_package_list *list)
{
    if (!handle)
        return hii_database_next(list);
    return list ? NULL : hii_database_find(handle);
}

/* Who is told may change the packages first, and the lists. */
static void tell_of_export(EFI_HII_HANDLE handle)
{
    struct hii_package_list *list;
    uint64_t position = 0;

    if (handle)
        hii_database_tell(handle, EFI_HII_DATABASE_NOTIFY_EXPORT_PACK);
    while (!handle && (list = hii_database_from(position))) {
        position = list->position + 1;
        hii_database_tell(list, EFI_HII_DATABASE_NOTIFY_EXPORT_PACK);
    }
}

EFI_STATUS hii_export(EFI_HII_HANDLE handle, UINTN *bytes, void *ret_lists)
{
    const struct hii_package_list *list = NULL;
    size_t offered = *bytes;
    size_t needed = 0;
    uint8_t *to = ret_lists;

    tell_of_export(handle);
    while ((list = next_wanted(handle, list)))
        needed += list_bytes(list);
    if (!needed)
        return EFI_NOT_FOUND;
    *bytes = needed;
    if (offered < needed)
        return EFI_BUFFER_TOO_SMALL;
    while ((list = next_wanted(handle, list)))
        to = put_list(to, list);
    return EFI_SUCCESS;
}
