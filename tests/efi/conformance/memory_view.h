/*
 * The memory map as tests look at it. Reading it allocates nothing.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_MEMORY_VIEW_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_MEMORY_VIEW_H

#include <stdbool.h>

#include <efi.h>

#define PAGE_BYTES 4096ull

/* Types that gnu-efi's headers lack. */
#define TYPE_PERSISTENT ((EFI_MEMORY_TYPE)14)
#define TYPE_UNACCEPTED ((EFI_MEMORY_TYPE)15)
#define TYPE_SPEC_END   ((EFI_MEMORY_TYPE)16)
#define TYPE_OEM_FIRST  ((EFI_MEMORY_TYPE)0x70000000)
#define TYPE_OEM_LAST   ((EFI_MEMORY_TYPE)0x7fffffff)
#define TYPE_OS_FIRST   ((EFI_MEMORY_TYPE)0x80000000)
#define TYPE_OS_LAST    ((EFI_MEMORY_TYPE)0xffffffff)

struct memory_view {
    UINT8 bytes[65536];
    UINTN map_bytes;
    UINTN key;
    UINTN descriptor_bytes;
    UINT32 version;
};

/* There is one, and it is read anew by each call. NULL, with an ERROR line, when that fails. */
const struct memory_view *memory_view_read(void);

/* As it was read last. Every phase. */
const struct memory_view *memory_view_last(void);

UINTN memory_view_count(const struct memory_view *view);
const EFI_MEMORY_DESCRIPTOR *memory_view_at(const struct memory_view *view, UINTN index);
UINT64 memory_view_end(const EFI_MEMORY_DESCRIPTOR *descriptor);

/* The descriptor that `address` lies in, NULL when none does. */
const EFI_MEMORY_DESCRIPTOR *memory_view_find(const struct memory_view *view, UINT64 address);

/* Are all of these pages of this type? Reads the map. */
bool memory_is(UINT64 address, UINTN pages, EFI_MEMORY_TYPE type);

/* The first address of the largest free piece and its pages; 0 pages when there is none. Reads the
 * map. */
UINTN memory_largest_free(UINT64 *ret_address);

#endif
