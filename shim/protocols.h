/*
 * The protocols that stand for no device: each is there once, and its state is of the whole
 * firmware. Boot phase.
 */
#ifndef PVHEFI_SHIM_PROTOCOLS_H
#define PVHEFI_SHIM_PROTOCOLS_H

#include <efi.h>

/* All on a handle of their own. EFI_OUT_OF_RESOURCES. */
EFI_STATUS protocols_install(void);

#endif
