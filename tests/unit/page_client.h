/*
 * What a client of the page allocator does with EfiLoaderData. Each function ends the test when it
 * goes wrong.
 */
#ifndef PVHEFI_TESTS_UNIT_PAGE_CLIENT_H
#define PVHEFI_TESTS_UNIT_PAGE_CLIENT_H

#include <stdint.h>

#include <efi.h>

/* The machine has this memory, which can be cached. */
void page_client_add(uint64_t start, uint64_t end, uint32_t type);

/* What `how` does with `address`; the address that it found. */
EFI_PHYSICAL_ADDRESS page_client_allocate(EFI_ALLOCATE_TYPE how, uint64_t pages, uint64_t address);

/* Refused with `status`, and nothing has changed. */
void page_client_cannot_allocate(EFI_ALLOCATE_TYPE how, uint32_t type, uint64_t pages,
                                 uint64_t address, EFI_STATUS status);

/* All pages of [start, end) are of this type. */
void page_client_expect(uint64_t start, uint64_t end, uint32_t type);

#endif
