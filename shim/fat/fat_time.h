/*
 * Times in directory entries. Pure.
 */
#ifndef PVHEFI_SHIM_FAT_FAT_TIME_H
#define PVHEFI_SHIM_FAT_FAT_TIME_H

#include <stdbool.h>

#include <efi.h>

#include "shim/fat/fat_entry.h"

/* Years before 1980 and after 2107 become the first and the last moment that can be told. */
struct fat_time fat_time_from_efi(const EFI_TIME *time);

/* All zero for a date that does not exist, 0 among them. The time zone is that of the volume. */
EFI_TIME fat_time_to_efi(struct fat_time time);

#endif
