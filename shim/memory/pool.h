/*
 * Memory in pieces smaller than pages, of every memory type (UEFI 2.10 section 7.2, AllocatePool).
 * Each page serves one type and one size; an empty one goes back to the page allocator. Takes time
 * that grows with the logarithm of the number of pages. Boot phase.
 */
#ifndef PVHEFI_SHIM_MEMORY_POOL_H
#define PVHEFI_SHIM_MEMORY_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <efi.h>

/* 16-byte aligned, not zeroed. EFI_INVALID_PARAMETER for a bad type, EFI_OUT_OF_RESOURCES. */
EFI_STATUS pool_alloc(uint32_t type, size_t bytes, void **ret_buffer);

/* EFI_INVALID_PARAMETER when `buffer` is nothing that pool_alloc() or pool_new() gave out. */
EFI_STATUS pool_free(void *buffer);

/* For the firmware's own use: zeroed EfiBootServicesData, NULL when memory is out. */
void *pool_new(size_t bytes);

/*
 * The firmware's own objects. Each kind lies in pages of its own, so that those who live can be
 * told from everything else: clients name some of them by their addresses.
 */
enum pool_kind {
    POOL_BUFFER, /* none of them: what pool_free() frees */
    POOL_HANDLE,
    POOL_PROTOCOL,
    POOL_PROTOCOL_USE,
    POOL_REGISTRATION,
    POOL_EVENT,
};

/* Zeroed, NULL when memory is out. All of one kind have the same size, 32 to 1024 bytes. */
void *pool_new_object(enum pool_kind kind, size_t bytes);

/* Is it a living object of that kind? May be any address. */
bool pool_has_object(const void *object, enum pool_kind kind);

void pool_free_object(void *object, enum pool_kind kind);

#endif
