#include "shim/hii/hii_database.h"

#include <stdbool.h>
#include <stddef.h>

#include "loader/lib/string.h"
#include "shim/device_path/device_path.h"
#include "shim/hii/hii_format.h"
#include "shim/hii/hii_notify.h"
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"

static struct list lists = LIST_EMPTY(lists);
static uint64_t last_position;

struct hii_package_list *hii_database_next(const struct hii_package_list *list)
{
    struct list *link = list ? list->link.next : lists.next;

    return link == &lists ? NULL : container_of(link, struct hii_package_list, link);
}

struct hii_package_list *hii_database_find(EFI_HII_HANDLE handle)
{
    struct hii_package_list *list = NULL;

    while ((list = hii_database_next(list)))
        if (list == handle)
            return list;
    return NULL;
}

struct hii_package_list *hii_database_from(uint64_t position)
{
    struct hii_package_list *list = NULL;

    while ((list = hii_database_next(list)))
        if (list->position >= position)
            return list;
    return NULL;
}

/* The first package from `position` on, of a list that may be gone. */
static struct hii_package *package_from(EFI_HII_HANDLE handle, uint64_t position)
{
    const struct hii_package_list *list = hii_database_find(handle);
    struct hii_package *package = list ? hii_package_next(list, NULL, HII_PACKAGE_ALL) : NULL;

    while (package && package->position < position)
        package = hii_package_next(list, package, HII_PACKAGE_ALL);
    return package;
}

static struct hii_package *package_at(EFI_HII_HANDLE handle, uint64_t position)
{
    struct hii_package *package = package_from(handle, position);

    return package && package->position == position ? package : NULL;
}

/* Tells who registered for it, as long as the package is there. */
static void tell(EFI_HII_HANDLE handle, uint64_t position, EFI_HII_DATABASE_NOTIFY_TYPE what)
{
    const struct hii_package *package;
    uint64_t told = 0;

    while ((package = package_at(handle, position))) {
        EFI_HII_DATABASE_NOTIFY function = hii_notify_next(&told, &package->view, what);

        if (!function)
            return;
        function(package->view.type, hii_package_guid(&package->view), package->view.bytes, handle,
                 what);
    }
}

void hii_database_tell(EFI_HII_HANDLE handle, EFI_HII_DATABASE_NOTIFY_TYPE what)
{
    const struct hii_package *package;
    uint64_t position = 0;

    while ((package = package_from(handle, position))) {
        position = package->position + 1;
        tell(handle, package->position, what);
    }
}

static EFI_STATUS append_device_path(struct hii_package_list *list)
{
    const EFI_DEVICE_PATH *path =
        list->driver ? handle_get_interface(list->driver, &device_path_protocol_guid) : NULL;
    size_t bytes = path ? device_path_bytes(path) : 0;

    return bytes ? hii_package_append(list, HII_PACKAGE_DEVICE_PATH, path, bytes) : EFI_SUCCESS;
}

static void list_delete(struct hii_package_list *list)
{
    hii_package_delete_all(list);
    pool_free(list);
}

EFI_STATUS hii_database_add(const void *bytes, EFI_HANDLE driver, EFI_HII_HANDLE *ret_handle)
{
    struct hii_package_list *list = pool_new(sizeof(*list));
    EFI_STATUS status;

    if (!list)
        return EFI_OUT_OF_RESOURCES;
    memcpy(&list->guid, bytes, sizeof(list->guid));
    list->driver = driver;
    list_init(&list->packages);
    status = append_device_path(list);
    if (status == EFI_SUCCESS)
        status = hii_package_append_all(list, bytes);
    if (status != EFI_SUCCESS) {
        list_delete(list);
        return status;
    }
    list->position = ++last_position;
    list_append(&lists, &list->link);
    *ret_handle = list;
    hii_database_tell(list, EFI_HII_DATABASE_NOTIFY_NEW_PACK);
    return EFI_SUCCESS;
}

EFI_STATUS hii_database_remove(EFI_HII_HANDLE handle)
{
    struct hii_package_list *list;

    hii_database_tell(handle, EFI_HII_DATABASE_NOTIFY_REMOVE_PACK);
    list = hii_database_find(handle);
    if (!list)
        return EFI_NOT_FOUND;
    list_remove(&list->link);
    list_delete(list);
    return EFI_SUCCESS;
}

/* Removes the packages whose types come again in `fresh`. */
static void remove_replaced(EFI_HII_HANDLE handle, const struct hii_package_list *fresh)
{
    struct hii_package *package;
    uint64_t position = 0;

    while ((package = package_from(handle, position))) {
        position = package->position;
        if (hii_package_find(fresh, package->view.type, hii_package_guid(&package->view))) {
            tell(handle, position, EFI_HII_DATABASE_NOTIFY_REMOVE_PACK);
            package = package_at(handle, position);
            if (package)
                hii_package_delete(package);
        }
        position++;
    }
}

static void add_fresh(EFI_HII_HANDLE handle, const struct hii_package_list *fresh)
{
    struct hii_package_list *list;
    struct hii_package *package;

    while ((list = hii_database_find(handle)) &&
           (package = hii_package_next(fresh, NULL, HII_PACKAGE_ALL))) {
        hii_package_move(package, list);
        tell(handle, package->position, EFI_HII_DATABASE_NOTIFY_ADD_PACK);
    }
}

EFI_STATUS hii_database_update(EFI_HII_HANDLE handle, const void *bytes)
{
    struct hii_package_list fresh;
    EFI_STATUS status;

    if (!hii_database_find(handle))
        return EFI_NOT_FOUND;
    list_init(&fresh.packages);
    status = hii_package_append_all(&fresh, bytes);
    if (status == EFI_SUCCESS) {
        remove_replaced(handle, &fresh);
        add_fresh(handle, &fresh);
    }
    hii_package_delete_all(&fresh);
    return status;
}
