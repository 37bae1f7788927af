/* EFI_MEMORY_ATTRIBUTE_PROTOCOL, where there is one. */
#include "shim/memory/memory_attribute.h"

#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/memory.h"
#include "tests/efi/conformance/memory_view.h"

#define PAGES 8u
#define RO    0x20000ull
#define RP    EFI_MEMORY_RP
#define XP    EFI_MEMORY_XP
#define RET   0xc3

static struct memory_attribute_protocol *protocol;
static EFI_PHYSICAL_ADDRESS base;

static EFI_STATUS set(UINT64 address, UINT64 bytes, UINT64 attributes)
{
    return protocol->SetMemoryAttributes(protocol, address, bytes, attributes);
}

static EFI_STATUS clear(UINT64 address, UINT64 bytes, UINT64 attributes)
{
    return protocol->ClearMemoryAttributes(protocol, address, bytes, attributes);
}

static EFI_STATUS get(UINT64 address, UINT64 bytes, UINT64 *attributes)
{
    return protocol->GetMemoryAttributes(protocol, address, bytes, attributes);
}

/* All ones when there is no one answer. */
static UINT64 attributes_of(UINT64 address, UINT64 bytes)
{
    UINT64 attributes = 0;

    return get(address, bytes, &attributes) == EFI_SUCCESS ? attributes : ~0ull;
}

static void each_attribute(void)
{
    static const UINT64 attributes[] = {RP, RO, XP, RP | RO, RP | XP, RO | XP, RP | RO | XP};

    for (UINTN i = 0; i < COUNT_OF(attributes); i++) {
        topic("memory.attribute.set", "37.7");
        check_status(numbered("", i), set(base + PAGE_BYTES, PAGE_BYTES, attributes[i]),
                     EFI_SUCCESS, "an attribute is set");
        topic("memory.attribute.kept", "37.7");
        check_number(numbered("", i), attributes_of(base + PAGE_BYTES, PAGE_BYTES), attributes[i],
                     "and is there");
        topic("memory.attribute.neighbours", "37.7");
        check_number(numbered("", i),
                     attributes_of(base, PAGE_BYTES) |
                         attributes_of(base + 2 * PAGE_BYTES, PAGE_BYTES),
                     0, "and nowhere else");
        topic("memory.attribute.cleared", "37.7");
        check_status(numbered("", i), clear(base + PAGE_BYTES, PAGE_BYTES, attributes[i]),
                     EFI_SUCCESS, "it is cleared");
        topic("memory.attribute.gone", "37.7");
        check_number(numbered("", i), attributes_of(base, PAGES * PAGE_BYTES), 0, "and is gone");
    }
}

static void mixed_attributes(void)
{
    UINT64 attributes;

    topic("memory.attribute.mixed", "37.7");
    check_status("set-1", set(base, 2 * PAGE_BYTES, XP), EFI_SUCCESS, "two pages, not executable");
    check_status("set-2", set(base + PAGE_BYTES, 2 * PAGE_BYTES, RO), EFI_SUCCESS,
                 "one of them and a third, read-only");
    check_status("get", get(base, 3 * PAGE_BYTES, &attributes), EFI_NO_MAPPING,
                 "three pages have no common attributes");
    check_number("first", attributes_of(base, PAGE_BYTES), XP, "the first has its own");
    check_number("second", attributes_of(base + PAGE_BYTES, PAGE_BYTES), XP | RO,
                 "the second has both");
    check_number("third", attributes_of(base + 2 * PAGE_BYTES, PAGE_BYTES), RO,
                 "the third has its own");
    check_status("clear", clear(base, 3 * PAGE_BYTES, XP), EFI_SUCCESS,
                 "one is cleared for all, also where it is not set");
    check_status("clear-other", clear(base, 3 * PAGE_BYTES, RO), EFI_SUCCESS, "then the other");
    check_number("none", attributes_of(base, 3 * PAGE_BYTES), 0, "nothing is left");
}

static void wrong_parameters(void)
{
    UINT64 attributes;

    topic("memory.attribute.parameters", "37.7");
    check_status("get-nothing", get(base, 0, &attributes), EFI_INVALID_PARAMETER,
                 "Length may not be 0");
    check_status("set-nothing", set(base, 0, XP), EFI_INVALID_PARAMETER, "neither for setting");
    check_status("clear-nothing", clear(base, 0, XP), EFI_INVALID_PARAMETER, "nor for clearing");
    check_status("get-nowhere", get(base, PAGE_BYTES, NULL), EFI_INVALID_PARAMETER,
                 "Attributes may not be NULL");
    check_refused("set-none", set(base, PAGE_BYTES, 0), "some attribute must be named");
    check_refused("set-cache", set(base, PAGE_BYTES, EFI_MEMORY_UC), "and only one of the three");
    check_refused("clear-runtime", clear(base, PAGE_BYTES, EFI_MEMORY_RUNTIME), "in clearing, too");
    check_refused("get-unaligned", get(base + 8, PAGE_BYTES, &attributes),
                  "an address inside a page is refused");
    check_refused("set-unaligned", set(base + 8, PAGE_BYTES, XP), "in setting, too");
    check_refused("clear-piece", clear(base, 100, XP), "and so is a piece of a page");
    check_refused("set-beyond", set(1ull << 60, PAGE_BYTES, XP), "no CPU has such an address");
    check_refused("get-wraps", get(~0ull - 4095, 2 * PAGE_BYTES, &attributes),
                  "a range that wraps is none");
    check_number("unchanged", attributes_of(base, PAGES * PAGE_BYTES), 0,
                 "none of this changed anything");
}

/* The attributes are the owner's, not the page's. */
static void freed_memory(void)
{
    EFI_PHYSICAL_ADDRESS page = base + 4 * PAGE_BYTES;
    UINT8 *code = (UINT8 *)page;

    topic("memory.attribute.freed", "37.7");
    if (!need_status(set(page, PAGE_BYTES, RP | RO | XP), "attributes") ||
        !need_status(boot->FreePages(page, 1), "freed page"))
        return;
    check_status("again", boot->AllocatePages(AllocateAddress, EfiLoaderCode, 1, &page),
                 EFI_SUCCESS, "a page that was protected is free like others");
    check_number("usable", attributes_of(page, PAGE_BYTES) & (RP | RO), 0,
                 "whoever gets it can read and write");
    if (attributes_of(page, PAGE_BYTES))
        return;
    *code = RET;
    ((void (*)(void))code)();
    check("executed", true, "and execute it as code");
}

/* Every range of memory has an answer, and none of them ends the program. */
static void whole_map(void)
{
    const struct memory_view *view = memory_view_read();
    UINTN refused = 0;

    topic("memory.attribute.map", "37.7");
    if (!view)
        return;
    for (UINTN i = 0; i < memory_view_count(view); i++) {
        const EFI_MEMORY_DESCRIPTOR *descriptor = memory_view_at(view, i);
        UINT64 bytes = descriptor->NumberOfPages * PAGE_BYTES;
        UINT64 attributes;
        EFI_STATUS status = get(descriptor->PhysicalStart, bytes, &attributes);

        if (descriptor->Type == EfiConventionalMemory && status != EFI_SUCCESS)
            refused++;
        if (status != EFI_SUCCESS && status != EFI_NO_MAPPING && status != EFI_UNSUPPORTED)
            refused++;
    }
    check_number("all", refused, 0, "each range of the memory map has attributes, or a reason");
}

void memory_attribute_tests(void)
{
    EFI_GUID guid = EFI_MEMORY_ATTRIBUTE_PROTOCOL_GUID;

    topic("memory.attribute", "37.7");
    if (boot->LocateProtocol(&guid, NULL, (void **)&protocol) != EFI_SUCCESS) {
        skip_topic("no such protocol");
        return;
    }
    if (!need_status(boot->AllocatePages(AllocateAnyPages, EfiLoaderCode, PAGES, &base), "pages"))
        return;
    each_attribute();
    mixed_attributes();
    wrong_parameters();
    freed_memory();
    whole_map();
    boot->FreePages(base, PAGES);
}
