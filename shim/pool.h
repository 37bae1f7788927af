/*
 * Memory in pieces smaller than pages, of every memory type (UEFI 2.10 section 7.2, AllocatePool).
 * Each page serves one type and one size; an empty one goes back to the page allocator. Boot phase.
 */
#ifndef PVHEFI_SHIM_POOL_H
#define PVHEFI_SHIM_POOL_H

#include <stddef.h>
#include <stdint.h>

#include <efi.h>

/* 16-byte aligned, not zeroed. EFI_INVALID_PARAMETER for a bad type, EFI_OUT_OF_RESOURCES. */
EFI_STATUS pool_alloc(uint32_t type, size_t bytes, void **ret_buffer);

/* EFI_INVALID_PARAMETER when `buffer` is nothing that pool_alloc() gave out. */
EFI_STATUS pool_free(void *buffer);

/* For the firmware's own objects: zeroed EfiBootServicesData, NULL when memory is out. */
void *pool_new(size_t bytes);

#endif
