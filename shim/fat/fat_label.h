/*
 * A volume's label: an entry in the root directory, and a copy in the first sector. Boot phase.
 */
#ifndef PVHEFI_SHIM_FAT_FAT_LABEL_H
#define PVHEFI_SHIM_FAT_FAT_LABEL_H

#include <efi.h>

#include "shim/fat/fat_node.h"

/* Empty when there is none. EFI_VOLUME_CORRUPTED, errors of medium_read(). */
EFI_STATUS fat_label_get(struct fat_node *root, CHAR16 ret_text[static FAT_LABEL_BYTES + 1]);

/*
 * After fat_volume_begin_change(); "" removes it. EFI_INVALID_PARAMETER for one that is too long or
 * has characters that a label must not have; EFI_VOLUME_FULL, errors of medium_write().
 */
EFI_STATUS fat_label_set(struct fat_node *root, const CHAR16 *text);

#endif
