/* AllocatePages at an address that the caller chooses. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/memory.h"
#include "tests/efi/conformance/memory_view.h"

#define PIECE_PAGES 8

static EFI_STATUS allocate(UINT64 address, UINTN pages)
{
    return boot->AllocatePages(AllocateAddress, EfiLoaderData, pages, &address);
}

/* The first of PIECE_PAGES pages that are free and stay so for the moment; 0 with an ERROR line. */
static UINT64 find_piece(void)
{
    UINT64 start = 0;
    UINTN pages = memory_largest_free(&start);

    if (!need(pages >= 3 * PIECE_PAGES, "free memory"))
        return 0;
    return start + (pages / 2) * PAGE_BYTES;
}

static void exact_address(void)
{
    UINT64 piece;
    UINT64 address;
    EFI_STATUS status;

    topic("memory.address", "7.2.1");
    piece = address = find_piece();
    if (!piece)
        return;
    status = boot->AllocatePages(AllocateAddress, EfiLoaderData, PIECE_PAGES, &address);
    check_status("works", status, EFI_SUCCESS, "free memory is given out where it is wanted");
    if (status != EFI_SUCCESS)
        return;
    check_number("exact", address, piece, "exactly there");
    check("mapped", memory_is(piece, PIECE_PAGES, EfiLoaderData), "the map shows it");
    check_status("occupied", allocate(piece, PIECE_PAGES), EFI_NOT_FOUND,
                 "what somebody has is not given out again");
    check_status("part-occupied", allocate(piece - PAGE_BYTES, 2), EFI_NOT_FOUND,
                 "nor a range that ends in it");
    check_status("head-occupied", allocate(piece + (PIECE_PAGES - 1) * PAGE_BYTES, 2),
                 EFI_NOT_FOUND, "nor one that begins in it");
    check_status("around-occupied", allocate(piece - PAGE_BYTES, PIECE_PAGES + 2), EFI_NOT_FOUND,
                 "nor one around it");
    boot->FreePages(piece, PIECE_PAGES);
    check_status("again", allocate(piece, PIECE_PAGES), EFI_SUCCESS, "it is free after FreePages");
    boot->FreePages(piece, PIECE_PAGES);
}

static void neighbours(void)
{
    UINT64 piece;

    topic("memory.address", "7.2.1");
    piece = find_piece();
    if (!piece || !need_status(allocate(piece, 1), "page"))
        return;
    check_status("just-above", allocate(piece + PAGE_BYTES, 1), EFI_SUCCESS,
                 "the page behind an allocation is free");
    check_status("just-below", allocate(piece - PAGE_BYTES, 1), EFI_SUCCESS,
                 "and the one before it");
    boot->FreePages(piece - PAGE_BYTES, 3);
}

static void unaligned(void)
{
    UINT64 piece;

    topic("memory.address", "7.2.1");
    piece = find_piece();
    if (!piece)
        return;
    check_status("unaligned", allocate(piece + 1, 1), EFI_NOT_FOUND, "no page begins there");
    check_status("unaligned-half", allocate(piece + PAGE_BYTES / 2, 1), EFI_NOT_FOUND,
                 "nor in the middle of one");
}

static void no_memory_there(void)
{
    topic("memory.address", "7.2.1");
    check_status("local-apic", allocate(0xfee00000, 1), EFI_NOT_FOUND,
                 "a device's registers are no memory");
    check_status("far-away", allocate(1ull << 50, 1), EFI_NOT_FOUND, "nothing is at 1 PiB");
    check_status("non-canonical", allocate(1ull << 62, 1), EFI_NOT_FOUND, "or at 4 EiB");
    check_status("last-page", allocate(-PAGE_BYTES, 1), EFI_NOT_FOUND,
                 "the last page of the address space");
    check_status("wraps", allocate(-PAGE_BYTES, 2), EFI_NOT_FOUND,
                 "a range that goes on at address 0");
    check_status("wraps-far", allocate(1ull << 63, 1ull << 52), EFI_NOT_FOUND,
                 "one that wraps by its size");
}

static void too_large(void)
{
    UINT64 piece;

    topic("memory.address", "7.2.1");
    piece = find_piece();
    if (!piece)
        return;
    check_status("too-large", allocate(piece, 1ull << 40), EFI_NOT_FOUND,
                 "more than is free behind the address");
    check_status("size-wraps", allocate(piece, ~0ull), EFI_NOT_FOUND,
                 "more pages than bytes can count");
    check_status("size-wraps-to-one", allocate(piece, (1ull << 52) + 1), EFI_NOT_FOUND,
                 "so many that their bytes wrap to one page");
}

static void own_image_and_stack(void)
{
    UINT64 here = (UINTN)&own_image_and_stack & ~(PAGE_BYTES - 1);
    UINT64 stack = (UINTN)&here & ~(PAGE_BYTES - 1);

    topic("memory.address", "7.2.1");
    check_status("running-code", allocate(here, 1), EFI_NOT_FOUND, "this program's code is in use");
    check_status("stack", allocate(stack, 1), EFI_NOT_FOUND, "and the stack it runs on");
}

void memory_address_tests(void)
{
    exact_address();
    neighbours();
    unaligned();
    no_memory_there();
    too_large();
    own_image_and_stack();
}
