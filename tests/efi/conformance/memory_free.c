/* FreePages. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/memory.h"
#include "tests/efi/conformance/memory_view.h"

static UINT64 allocate(UINTN pages)
{
    UINT64 address = 0;

    if (!need_status(boot->AllocatePages(AllocateAnyPages, EfiLoaderData, pages, &address),
                     "pages"))
        return 0;
    return address;
}

/* Allocates `pages` pages and frees `count` of them from number `first` on. */
static void free_part(const char *name, UINTN pages, UINTN first, UINTN count, const char *what)
{
    UINT64 start = allocate(pages);
    UINT64 part = start + first * PAGE_BYTES;
    UINT64 behind = part + count * PAGE_BYTES;
    UINTN left = pages - first - count;

    if (!start)
        return;
    topic("memory.free-part", "7.2.2");
    check_status(name, boot->FreePages(part, count), EFI_SUCCESS, what);
    topic("memory.free-part.kept", "7.2.2");
    check(name,
          (!first || memory_is(start, first, EfiLoaderData)) &&
              (!left || memory_is(behind, left, EfiLoaderData)),
          "the other pages stay allocated");
    topic("memory.free-part.freed", "7.2.2");
    check(name, memory_is(part, count, EfiConventionalMemory), "these are free");
    if (first)
        boot->FreePages(start, first);
    if (left)
        boot->FreePages(behind, left);
}

static void parts(void)
{
    free_part("all", 6, 0, 6, "a whole allocation");
    free_part("head", 6, 0, 2, "its first pages");
    free_part("tail", 6, 4, 2, "its last pages");
    free_part("middle", 6, 2, 2, "pages in its middle");
    free_part("single", 1, 0, 1, "a single page");
}

static void across_allocations(void)
{
    UINT64 start = allocate(4);
    UINT64 second = start + 2 * PAGE_BYTES;

    topic("memory.free-pages", "7.2.2");
    if (!start)
        return;
    boot->FreePages(second, 2);
    if (!need_status(boot->AllocatePages(AllocateAddress, EfiLoaderData, 2, &second),
                     "second allocation"))
        return;
    check_status("across", boot->FreePages(start, 4), EFI_SUCCESS,
                 "two neighbouring allocations at once");
    check("across-freed", memory_is(start, 4, EfiConventionalMemory), "both are free");
}

static void twice(void)
{
    UINT64 start = allocate(3);

    topic("memory.free-pages", "7.2.2");
    if (!start)
        return;
    boot->FreePages(start, 3);
    check_status("twice", boot->FreePages(start, 3), EFI_NOT_FOUND, "what is free already");
    check("twice-harmless", memory_is(start, 3, EfiConventionalMemory), "it stays free");
}

static void partly_free(void)
{
    UINT64 start = allocate(4);

    topic("memory.free-pages", "7.2.2");
    if (!start)
        return;
    boot->FreePages(start + 2 * PAGE_BYTES, 2);
    check_status("partly-free", boot->FreePages(start, 4), EFI_NOT_FOUND,
                 "a range whose end is free already");
    if (memory_is(start, 2, EfiLoaderData))
        boot->FreePages(start, 2);
}

static void wrong_addresses(void)
{
    UINT64 start = allocate(2);

    topic("memory.free-pages", "7.2.2");
    if (!start)
        return;
    check_status("unaligned", boot->FreePages(start + 1, 1), EFI_INVALID_PARAMETER,
                 "an address that no page begins at");
    check_status("unaligned-half", boot->FreePages(start + PAGE_BYTES / 2, 1),
                 EFI_INVALID_PARAMETER, "nor the middle of a page");
    check_status_either("no-pages", boot->FreePages(start, 0), EFI_INVALID_PARAMETER, EFI_NOT_FOUND,
                        "0 is no number of pages");
    check_status("far-away", boot->FreePages(1ull << 50, 1), EFI_NOT_FOUND,
                 "an address without memory");
    check_status_either("last-page", boot->FreePages(-PAGE_BYTES, 2), EFI_NOT_FOUND,
                        EFI_INVALID_PARAMETER, "a range that goes on at address 0");
    check("kept", memory_is(start, 2, EfiLoaderData), "after all that the pages are allocated");
    check_status("freed", boot->FreePages(start, 2), EFI_SUCCESS, "and can be freed");
}

/* For each number of pages an allocation of its own: one that is wrongly freed spoils no other. */
static void wrong_sizes(void)
{
    static const UINTN sizes[] = {~(UINTN)0, (UINTN)1 << 52, ((UINTN)1 << 52) + 1};

    topic("memory.free-pages", "7.2.2");
    for (UINTN i = 0; i < COUNT_OF(sizes); i++) {
        UINT64 start = allocate(2);

        if (!start)
            return;
        check_status_either(numbered("size-wraps-", i), boot->FreePages(start, sizes[i]),
                            EFI_NOT_FOUND, EFI_INVALID_PARAMETER,
                            "more pages than bytes can count");
        if (memory_is(start, 2, EfiLoaderData))
            boot->FreePages(start, 2);
    }
}

/* Odd ones are freed first, then even ones: the pieces must grow together again. */
static void pieces_grow_together(void)
{
    const UINTN pages = 32;
    UINT64 start = allocate(pages);
    bool freed = true;

    topic("memory.free-pages", "7.2.2");
    if (!start)
        return;
    for (UINTN i = 1; i < pages; i += 2)
        freed = freed && boot->FreePages(start + i * PAGE_BYTES, 1) == EFI_SUCCESS;
    for (UINTN i = 0; i < pages; i += 2)
        freed = freed && boot->FreePages(start + i * PAGE_BYTES, 1) == EFI_SUCCESS;
    check("one-by-one", freed, "pages of one allocation are freed one by one");
    check_status("grown-together",
                 boot->AllocatePages(AllocateAddress, EfiLoaderData, pages, &start), EFI_SUCCESS,
                 "they are one piece again");
    boot->FreePages(start, pages);
}

void memory_free_tests(void)
{
    parts();
    across_allocations();
    twice();
    partly_free();
    wrong_addresses();
    wrong_sizes();
    pieces_grow_together();
}
