/*
 * Boots from disks: the file \EFI\BOOT\BOOTX64.EFI on the first file system that has it (UEFI 2.10
 * section 3.5.1.1), disks in the order of xl's configuration. Boot phase.
 */
#ifndef PVHEFI_LOADER_BOOT_DISK_H
#define PVHEFI_LOADER_BOOT_DISK_H

#include <efi.h>

/*
 * Tries all disks until a program ends without an error, whose status it returns. EFI_NOT_FOUND
 * when no disk can be booted: a line for each of them has said why. `cmdline` are the load options,
 * if it is not empty.
 */
EFI_STATUS boot_disk_run(const char *cmdline, EFI_HANDLE firmware_handle);

#endif
