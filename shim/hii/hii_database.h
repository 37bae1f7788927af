/*
 * The HII database: the package lists that programs registered (UEFI 2.10 section 34.8). Functions
 * that clients registered run in between and may change everything: what they may have removed is
 * looked up again. Boot phase.
 */
#ifndef PVHEFI_SHIM_HII_HII_DATABASE_H
#define PVHEFI_SHIM_HII_HII_DATABASE_H

#include <stdint.h>

#include <efi.h>

#include "shim/hii/hii_database_protocol.h"
#include "shim/hii/hii_package.h"

/* The list behind `list` (NULL: the first one), NULL behind the last. */
struct hii_package_list *hii_database_next(const struct hii_package_list *list);

/* The first list from `position` on, for walks in which lists may come and go. */
struct hii_package_list *hii_database_from(uint64_t position);

/* NULL when there is no such list. */
struct hii_package_list *hii_database_find(EFI_HII_HANDLE handle);

/*
 * NewPackageList: a copy of `list`, and the driver's device path. EFI_INVALID_PARAMETER for a
 * damaged list, EFI_OUT_OF_RESOURCES.
 */
EFI_STATUS hii_database_add(const void *list, EFI_HANDLE driver, EFI_HII_HANDLE *ret_handle);

/* RemovePackageList. EFI_NOT_FOUND. */
EFI_STATUS hii_database_remove(EFI_HII_HANDLE handle);

/* UpdatePackageList. EFI_NOT_FOUND; else as hii_database_add(), and nothing has changed. */
EFI_STATUS hii_database_update(EFI_HII_HANDLE handle, const void *list);

/* Tells who registered that `what` happens to each package of a list. */
void hii_database_tell(EFI_HII_HANDLE handle, EFI_HII_DATABASE_NOTIFY_TYPE what);

#endif
