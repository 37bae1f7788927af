/* AllocatePages where the firmware chooses the place. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/memory.h"
#include "tests/efi/conformance/memory_view.h"

#define MIB 0x100000ull

static void any_pages(void)
{
    UINT64 address = 0x1234;
    EFI_STATUS status;

    topic("memory.any-pages", "7.2.1");
    status = boot->AllocatePages(AllocateAnyPages, EfiLoaderData, 5, &address);
    check_status("works", status, EFI_SUCCESS, "five pages are given out");
    if (status != EFI_SUCCESS)
        return;
    check_number("aligned", address % PAGE_BYTES, 0, "they begin at a page");
    check("mapped", memory_is(address, 5, EfiLoaderData), "the map has them with their type");
    boot->SetMem((void *)(UINTN)address, 5 * PAGE_BYTES, 0xa5);
    check_number("writable", *(UINT8 *)(UINTN)(address + 5 * PAGE_BYTES - 1), 0xa5,
                 "they can be written");
    check_status("freed", boot->FreePages(address, 5), EFI_SUCCESS, "they can be given back");
}

static void any_pages_were_free(void)
{
    static struct memory_view before;
    const struct memory_view *view = memory_view_read();
    const EFI_MEMORY_DESCRIPTOR *descriptor;
    UINT64 address;

    topic("memory.any-pages", "7.2.1");
    if (!view)
        return;
    boot->CopyMem(&before, (void *)(UINTN)view, sizeof(before));
    if (!need_status(boot->AllocatePages(AllocateAnyPages, EfiLoaderData, 3, &address), "pages"))
        return;
    descriptor = memory_view_find(&before, address);
    check("from-free-memory",
          descriptor && descriptor->Type == EfiConventionalMemory &&
              memory_view_end(descriptor) - address >= 3 * PAGE_BYTES,
          "they were conventional memory before");
    boot->FreePages(address, 3);
}

static void allocations_are_apart(void)
{
    UINT64 addresses[16];
    UINTN count = 0;
    bool apart = true;

    topic("memory.any-pages", "7.2.1");
    while (count < COUNT_OF(addresses) &&
           boot->AllocatePages(AllocateAnyPages, EfiLoaderData, count + 1, &addresses[count]) ==
               EFI_SUCCESS)
        count++;
    for (UINTN i = 0; i < count; i++) {
        for (UINTN j = 0; j < i; j++) {
            if (addresses[i] < addresses[j] + (j + 1) * PAGE_BYTES &&
                addresses[j] < addresses[i] + (i + 1) * PAGE_BYTES)
                apart = false;
        }
    }
    check("apart", count == COUNT_OF(addresses) && apart, "no two allocations share a page");
    for (UINTN i = 0; i < count; i++)
        boot->FreePages(addresses[i], i + 1);
}

static void wrong_parameters(void)
{
    UINT64 address = 0x5000;
    EFI_STATUS status;

    topic("memory.allocate-pages", "7.2.1");
    status = boot->AllocatePages(MaxAllocateType, EfiLoaderData, 1, &address);
    check_status("kind-3", status, EFI_INVALID_PARAMETER, "there is no fourth kind of allocation");
    status = boot->AllocatePages((EFI_ALLOCATE_TYPE)-1, EfiLoaderData, 1, &address);
    check_status("kind-negative", status, EFI_INVALID_PARAMETER, "nor one with number -1");
    status = boot->AllocatePages(AllocateAnyPages, EfiLoaderData, 1, NULL);
    check_status("no-result", status, EFI_INVALID_PARAMETER, "Memory may not be NULL");
    check_number("untouched", address, 0x5000, "a refused call leaves the address alone");
}

static void too_many_pages(void)
{
    static const UINTN counts[] = {(UINTN)-1, (UINTN)1 << 52, ((UINTN)1 << 52) + 1, (UINTN)1 << 40};
    UINT64 address;

    topic("memory.any-pages.too-many", "7.2.1");
    for (UINTN i = 0; i < COUNT_OF(counts); i++) {
        address = 0x5000;
        check_status(numbered("", i),
                     boot->AllocatePages(AllocateAnyPages, EfiLoaderData, counts[i], &address),
                     EFI_OUT_OF_RESOURCES, "more pages than there are, or than bytes can count");
        address = ~0ull;
        check_status(numbered("below-", i),
                     boot->AllocatePages(AllocateMaxAddress, EfiLoaderData, counts[i], &address),
                     EFI_OUT_OF_RESOURCES, "the same below a limit");
    }
}

static void largest_free_piece(void)
{
    UINT64 start;
    UINT64 address = 0;
    UINTN pages = memory_largest_free(&start);

    topic("memory.any-pages", "7.2.1");
    if (!need(pages, "free memory"))
        return;
    check_status("one-too-many",
                 boot->AllocatePages(AllocateAnyPages, EfiLoaderData, pages + 1, &address),
                 EFI_OUT_OF_RESOURCES, "one page more than the largest free piece has");
}

static void below_a_limit(void)
{
    static const UINT64 limits[] = {~0ull, 0xffffffff, 0x3ffffff, 0x2000000};

    topic("memory.max-address", "7.2.1");
    for (UINTN i = 0; i < COUNT_OF(limits); i++) {
        UINT64 address = limits[i];
        EFI_STATUS status = boot->AllocatePages(AllocateMaxAddress, EfiLoaderData, 2, &address);

        check_status(numbered("works-", i), status, EFI_SUCCESS, "there is memory below the limit");
        if (status != EFI_SUCCESS)
            continue;
        check(numbered("obeyed-", i), address + 2 * PAGE_BYTES - 1 <= limits[i],
              "both pages end at or below it");
        boot->FreePages(address, 2);
    }
}

/* The limit is the last byte that may be used: one less excludes the page. */
static void limit_is_inclusive(void)
{
    UINT64 page = ~0ull;
    UINT64 address;

    topic("memory.max-address", "7.2.1");
    if (!need_status(boot->AllocatePages(AllocateAnyPages, EfiLoaderData, 1, &page), "page"))
        return;
    boot->FreePages(page, 1);
    address = page + PAGE_BYTES - 1;
    if (!need_status(boot->AllocatePages(AllocateMaxAddress, EfiLoaderData, 1, &address), "page"))
        return;
    check_range("last-byte", address, 0, page, "a page that ends at the limit may be used");
    boot->FreePages(address, 1);
    address = page + PAGE_BYTES - 2;
    if (!need_status(boot->AllocatePages(AllocateMaxAddress, EfiLoaderData, 1, &address), "page"))
        return;
    check("one-byte-less", address < page, "one that ends a byte above it may not");
    boot->FreePages(address, 1);
}

static void limit_without_memory(void)
{
    UINT64 address = 0;
    EFI_STATUS status;

    topic("memory.max-address", "7.2.1");
    status = boot->AllocatePages(AllocateMaxAddress, EfiLoaderData, 1, &address);
    check_status_either("zero", status, EFI_OUT_OF_RESOURCES, EFI_NOT_FOUND,
                        "no page ends at address 0");
    address = PAGE_BYTES - 2;
    status = boot->AllocatePages(AllocateMaxAddress, EfiLoaderData, 1, &address);
    check_status_either("first-page", status, EFI_OUT_OF_RESOURCES, EFI_NOT_FOUND,
                        "no page ends within the first one");
    address = 2 * MIB - 1;
    status = boot->AllocatePages(AllocateMaxAddress, EfiLoaderData, 513, &address);
    check_status_either("too-large", status, EFI_OUT_OF_RESOURCES, EFI_NOT_FOUND,
                        "513 pages do not fit below 2 MiB");
    check_number("untouched", address, 2 * MIB - 1, "a refused call leaves the address alone");
}

void memory_allocate_tests(void)
{
    any_pages();
    any_pages_were_free();
    allocations_are_apart();
    wrong_parameters();
    too_many_pages();
    largest_free_piece();
    below_a_limit();
    limit_is_inclusive();
    limit_without_memory();
}
