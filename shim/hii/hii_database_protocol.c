#include "shim/hii/hii_database_protocol.h"

#include <stdbool.h>
#include <stddef.h>

#include "shim/hii/hii_database.h"
#include "shim/hii/hii_export.h"
#include "shim/hii/hii_format.h"
#include "shim/hii/hii_keyboard.h"
#include "shim/hii/hii_notify.h"
#include "shim/protocol/handle.h"

#define NOTIFY_ALL                                                            \
    (EFI_HII_DATABASE_NOTIFY_NEW_PACK | EFI_HII_DATABASE_NOTIFY_REMOVE_PACK | \
     EFI_HII_DATABASE_NOTIFY_EXPORT_PACK | EFI_HII_DATABASE_NOTIFY_ADD_PACK)

static EFI_STATUS EFIAPI new_package_list(const EFI_HII_DATABASE_PROTOCOL *this, const void *list,
                                          EFI_HANDLE driver, EFI_HII_HANDLE *handle)
{
    (void)this;
    if (!list || !handle)
        return EFI_INVALID_PARAMETER;
    return hii_database_add(list, driver, handle);
}

static EFI_STATUS EFIAPI remove_package_list(const EFI_HII_DATABASE_PROTOCOL *this,
                                             EFI_HII_HANDLE handle)
{
    (void)this;
    return hii_database_remove(handle);
}

static EFI_STATUS EFIAPI update_package_list(const EFI_HII_DATABASE_PROTOCOL *this,
                                             EFI_HII_HANDLE handle, const void *list)
{
    (void)this;
    return list ? hii_database_update(handle, list) : EFI_INVALID_PARAMETER;
}

/* A GUID is there for GUID packages, and for no others. */
static bool is_package_kind(UINT8 type, const EFI_GUID *guid)
{
    return (type == HII_PACKAGE_GUID) == (guid != NULL);
}

static bool is_buffer(const UINTN *bytes, const void *buffer)
{
    return bytes && (!*bytes || buffer);
}

static EFI_STATUS EFIAPI list_package_lists(const EFI_HII_DATABASE_PROTOCOL *this, UINT8 type,
                                            const EFI_GUID *guid, UINTN *bytes,
                                            EFI_HII_HANDLE *handles)
{
    struct hii_package_list *list = NULL;
    UINTN count = 0;
    UINTN offered;

    (void)this;
    if (!is_buffer(bytes, handles) || !is_package_kind(type, guid))
        return EFI_INVALID_PARAMETER;
    offered = *bytes / sizeof(*handles);
    while ((list = hii_database_next(list))) {
        if (type != HII_PACKAGE_ALL && !hii_package_find(list, type, guid))
            continue;
        if (count < offered)
            handles[count] = list;
        count++;
    }
    *bytes = count * sizeof(*handles);
    if (!count)
        return EFI_NOT_FOUND;
    return count > offered ? EFI_BUFFER_TOO_SMALL : EFI_SUCCESS;
}

static EFI_STATUS EFIAPI export_package_lists(const EFI_HII_DATABASE_PROTOCOL *this,
                                              EFI_HII_HANDLE handle, UINTN *bytes, void *lists)
{
    (void)this;
    return is_buffer(bytes, lists) ? hii_export(handle, bytes, lists) : EFI_INVALID_PARAMETER;
}

static EFI_STATUS EFIAPI register_package_notify(const EFI_HII_DATABASE_PROTOCOL *this, UINT8 type,
                                                 const EFI_GUID *guid,
                                                 EFI_HII_DATABASE_NOTIFY function,
                                                 EFI_HII_DATABASE_NOTIFY_TYPE what,
                                                 EFI_HANDLE *handle)
{
    (void)this;
    if (!function || !handle || !is_package_kind(type, guid) || !what || what & ~NOTIFY_ALL)
        return EFI_INVALID_PARAMETER;
    return hii_notify_register(type, guid, function, what, handle);
}

static EFI_STATUS EFIAPI unregister_package_notify(const EFI_HII_DATABASE_PROTOCOL *this,
                                                   EFI_HANDLE handle)
{
    (void)this;
    return hii_notify_unregister(handle);
}

static EFI_STATUS EFIAPI find_keyboard_layouts(const EFI_HII_DATABASE_PROTOCOL *this, UINT16 *bytes,
                                               EFI_GUID *guids)
{
    (void)this;
    if (!bytes || (*bytes && !guids))
        return EFI_INVALID_PARAMETER;
    return hii_keyboard_list(bytes, guids);
}

static EFI_STATUS EFIAPI get_keyboard_layout(const EFI_HII_DATABASE_PROTOCOL *this,
                                             const EFI_GUID *guid, UINT16 *bytes, void *layout)
{
    (void)this;
    if (!bytes || (*bytes && !layout))
        return EFI_INVALID_PARAMETER;
    return hii_keyboard_get(guid, bytes, layout);
}

static EFI_STATUS EFIAPI set_keyboard_layout(const EFI_HII_DATABASE_PROTOCOL *this,
                                             const EFI_GUID *guid)
{
    (void)this;
    return guid ? hii_keyboard_set(guid) : EFI_INVALID_PARAMETER;
}

static EFI_STATUS EFIAPI get_package_list_handle(const EFI_HII_DATABASE_PROTOCOL *this,
                                                 EFI_HII_HANDLE handle, EFI_HANDLE *driver)
{
    const struct hii_package_list *list = hii_database_find(handle);

    (void)this;
    if (!list || !driver)
        return EFI_INVALID_PARAMETER;
    *driver = list->driver;
    return EFI_SUCCESS;
}

static EFI_HII_DATABASE_PROTOCOL protocol = {
    .NewPackageList = new_package_list,
    .RemovePackageList = remove_package_list,
    .UpdatePackageList = update_package_list,
    .ListPackageLists = list_package_lists,
    .ExportPackageLists = export_package_lists,
    .RegisterPackageNotify = register_package_notify,
    .UnregisterPackageNotify = unregister_package_notify,
    .FindKeyboardLayouts = find_keyboard_layouts,
    .GetKeyboardLayout = get_keyboard_layout,
    .SetKeyboardLayout = set_keyboard_layout,
    .GetPackageListHandle = get_package_list_handle,
};

EFI_STATUS hii_database_install(EFI_HANDLE *handle)
{
    static const EFI_GUID guid = EFI_HII_DATABASE_PROTOCOL_GUID;

    return handle_install(handle, &guid, &protocol);
}
