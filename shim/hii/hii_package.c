#include "shim/hii/hii_package.h"

#include <stdbool.h>

#include "loader/lib/string.h"
#include "shim/hii/hii_format.h"
#include "shim/hii/hii_string_package.h"
#include "shim/memory/pool.h"

static uint64_t last_position;

struct hii_package *hii_package_next(const struct hii_package_list *list,
                                     const struct hii_package *package, uint8_t type)
{
    struct list *link = package ? package->link.next : list->packages.next;

    for (; link != &list->packages; link = link->next) {
        struct hii_package *next = container_of(link, struct hii_package, link);

        if (type == HII_PACKAGE_ALL || next->view.type == type)
            return next;
    }
    return NULL;
}

struct hii_package *hii_package_find(const struct hii_package_list *list, uint8_t type,
                                     const EFI_GUID *guid)
{
    struct hii_package *package = NULL;

    do {
        package = hii_package_next(list, package, type);
    } while (package && !hii_package_is(&package->view, type, guid));
    return package;
}

void hii_package_replace(struct hii_package *package, uint8_t *bytes)
{
    if (package->bytes)
        pool_free(package->bytes);
    package->bytes = bytes;
    hii_package_read(bytes, HII_PACKAGE_BYTES_MAX, &package->view);
}

EFI_STATUS hii_package_append(struct hii_package_list *list, uint8_t type, const void *content,
                              size_t bytes)
{
    uint32_t header = hii_package_header(type, (uint32_t)(sizeof(header) + bytes));
    struct hii_package *package = pool_new(sizeof(*package));
    void *copy;

    if (!package)
        return EFI_OUT_OF_RESOURCES;
    if (pool_alloc(EfiBootServicesData, sizeof(header) + bytes, &copy) != EFI_SUCCESS) {
        pool_free(package);
        return EFI_OUT_OF_RESOURCES;
    }
    memcpy(copy, &header, sizeof(header));
    memcpy((uint8_t *)copy + sizeof(header), content, bytes);
    hii_package_replace(package, copy);
    hii_package_move(package, list);
    return EFI_SUCCESS;
}

/* What is looked into later must have a header that can be believed. */
static bool is_sound(const struct hii_package_view *package)
{
    struct hii_string_package strings;

    return package->type != HII_PACKAGE_STRINGS || hii_string_package_read(package, &strings);
}

EFI_STATUS hii_package_append_all(struct hii_package_list *list, const void *bytes)
{
    bool has_path = hii_package_next(list, NULL, HII_PACKAGE_DEVICE_PATH);
    struct hii_package_list_walk walk;
    struct hii_package_view view;
    EFI_STATUS status = hii_package_list_open(bytes, &walk) ? EFI_SUCCESS : EFI_INVALID_PARAMETER;

    while (status == EFI_SUCCESS) {
        status = hii_package_list_next(&walk, &view);
        if (status != EFI_SUCCESS || (has_path && view.type == HII_PACKAGE_DEVICE_PATH))
            continue;
        status = is_sound(&view)
                     ? hii_package_append(list, view.type, view.bytes + HII_PACKAGE_HEADER_BYTES,
                                          view.size - HII_PACKAGE_HEADER_BYTES)
                     : EFI_INVALID_PARAMETER;
    }
    return status == EFI_NOT_FOUND ? EFI_SUCCESS : status;
}

void hii_package_move(struct hii_package *package, struct hii_package_list *list)
{
    if (package->link.next)
        list_remove(&package->link);
    package->position = ++last_position;
    list_append(&list->packages, &package->link);
}

void hii_package_delete(struct hii_package *package)
{
    list_remove(&package->link);
    pool_free(package->bytes);
    pool_free(package);
}

void hii_package_delete_all(struct hii_package_list *list)
{
    struct hii_package *package;

    while ((package = hii_package_next(list, NULL, HII_PACKAGE_ALL)))
        hii_package_delete(package);
}
