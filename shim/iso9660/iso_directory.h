/*
 * Directories of ISO 9660 volumes. Boot phase.
 */
#ifndef PVHEFI_SHIM_ISO9660_ISO_DIRECTORY_H
#define PVHEFI_SHIM_ISO9660_ISO_DIRECTORY_H

#include "shim/iso9660/iso_rock_ridge.h"
#include "shim/iso9660/iso_volume.h"

/*
 * The next entry from *position on, a byte of the directory, which then is behind it. "." and "..",
 * symbolic links and what Rock Ridge shows elsewhere are left out. EFI_NOT_FOUND at the end,
 * EFI_VOLUME_CORRUPTED, errors of medium_read().
 */
EFI_STATUS iso_directory_next(struct iso_volume *volume, const struct iso_entry *directory,
                              uint64_t *position, struct iso_entry *ret_entry);

/* The entry of that name, in whatever case. EFI_NOT_FOUND, the same errors. */
EFI_STATUS iso_directory_find(struct iso_volume *volume, const struct iso_entry *directory,
                              const CHAR16 *name, struct iso_entry *ret_entry);

/* What the system use area of the root's own record says. The same errors. */
EFI_STATUS iso_directory_read_root(struct iso_volume *volume, struct iso_rock_ridge *ret_fields);

#endif
