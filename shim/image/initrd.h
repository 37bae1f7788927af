/*
 * The initrd module, offered to Linux's EFI stub through LoadFile2 on its media device path. It
 * stays where the domain builder put it; the stub's own buffer is the only copy. Boot phase.
 */
#ifndef PVHEFI_SHIM_IMAGE_INITRD_H
#define PVHEFI_SHIM_IMAGE_INITRD_H

#include <stddef.h>

#include <efi.h>

/*
 * Call it only when there is an initrd: without the handle Linux gets EFI_NOT_FOUND, as it must.
 * EFI_OUT_OF_RESOURCES.
 */
EFI_STATUS initrd_install(const void *start, size_t bytes);

#endif
