/*
 * Finds handles by their device paths, in time that grows with the logarithm of their number. A
 * path counts as what it was when its protocol was installed: who changes it must reinstall it
 * (UEFI 2.10 section 7.3.4). Boot phase.
 */
#ifndef PVHEFI_SHIM_DEVICE_PATH_DEVICE_PATH_INDEX_H
#define PVHEFI_SHIM_DEVICE_PATH_DEVICE_PATH_INDEX_H

#include <efi.h>

#include "shim/protocol/handle.h"

/* `handle` has this device path now. Nobody finds NULL and malformed ones. */
void device_path_index_add(struct handle *handle, const EFI_DEVICE_PATH *path);

/* It has none any more. */
void device_path_index_remove(struct handle *handle);

/*
 * The handle with `guid` whose device path is the longest beginning of `path`, which is
 * well-formed; the oldest one of several. NULL when there is none; *ret_rest is what is left
 * behind.
 */
struct handle *device_path_index_find(const EFI_GUID *guid, EFI_DEVICE_PATH *path,
                                      EFI_DEVICE_PATH **ret_rest);

#endif
