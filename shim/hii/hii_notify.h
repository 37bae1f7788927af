/*
 * Who wants to be told of changes in the HII database (UEFI 2.10 section 34.8). Boot phase.
 */
#ifndef PVHEFI_SHIM_HII_HII_NOTIFY_H
#define PVHEFI_SHIM_HII_HII_NOTIFY_H

#include <stdint.h>

#include <efi.h>

#include "shim/hii/hii_database_protocol.h"
#include "shim/hii/hii_package_list.h"

/* `guid` is NULL but for HII_PACKAGE_GUID. EFI_OUT_OF_RESOURCES. */
EFI_STATUS hii_notify_register(uint8_t type, const EFI_GUID *guid, EFI_HII_DATABASE_NOTIFY function,
                               EFI_HII_DATABASE_NOTIFY_TYPE what, EFI_HANDLE *ret_handle);

/* EFI_NOT_FOUND. */
EFI_STATUS hii_notify_unregister(EFI_HANDLE handle);

/*
 * The next function that is to be told that `what` happens to a package, NULL behind the last.
 * *position is 0 at first; functions may register and unregister meanwhile.
 */
EFI_HII_DATABASE_NOTIFY hii_notify_next(uint64_t *position, const struct hii_package_view *package,
                                        EFI_HII_DATABASE_NOTIFY_TYPE what);

#endif
