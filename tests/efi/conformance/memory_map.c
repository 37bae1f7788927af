/* What GetMemoryMap returns. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/memory.h"
#include "tests/efi/conformance/memory_view.h"

static UINT8 buffer[65536];

static EFI_STATUS get(UINTN *bytes, void *map)
{
    UINTN key;
    UINTN descriptor_bytes;
    UINT32 version;

    return boot->GetMemoryMap(bytes, map, &key, &descriptor_bytes, &version);
}

/* What Linux's EFI stub and many loaders begin with. */
static void asks_for_the_size(void)
{
    UINTN bytes = 0;
    UINTN key = 0;
    UINTN descriptor_bytes = 0;
    UINT32 version = 0;

    topic("memory.map-size", "7.2.3");
    check_status("no-room", boot->GetMemoryMap(&bytes, NULL, &key, &descriptor_bytes, &version),
                 EFI_BUFFER_TOO_SMALL, "no room, no buffer");
    check("told", bytes > 0, "tells how much room it needs");
    check("descriptor-size", descriptor_bytes >= sizeof(EFI_MEMORY_DESCRIPTOR),
          "and how large a descriptor is");
    check_number("descriptor-size-aligned", descriptor_bytes % 8, 0, "which is whole words");
    check_number("version", version, EFI_MEMORY_DESCRIPTOR_VERSION, "and of which version");
    if (!need(bytes <= sizeof(buffer), "room for the memory map"))
        return;
    check_status("enough", get(&bytes, buffer), EFI_SUCCESS, "that much room is enough");
    bytes = descriptor_bytes;
    check_status("one-descriptor", get(&bytes, buffer), EFI_BUFFER_TOO_SMALL,
                 "room for one descriptor is not");
    bytes = 1;
    check_status("one-byte", get(&bytes, buffer), EFI_BUFFER_TOO_SMALL, "nor is one byte");
}

static void wrong_parameters(void)
{
    UINTN bytes = sizeof(buffer);

    topic("memory.map", "7.2.3");
    check_status("no-size", get(NULL, buffer), EFI_INVALID_PARAMETER, "the size is a must");
    check_status("no-map", get(&bytes, NULL), EFI_INVALID_PARAMETER,
                 "so is the buffer when there is room");
}

static void size_is_exact(void)
{
    const struct memory_view *view = memory_view_read();

    topic("memory.map", "7.2.3");
    if (!view)
        return;
    check_number("whole-descriptors", view->map_bytes % view->descriptor_bytes, 0,
                 "the size is that of whole descriptors");
    check_number("version", view->version, EFI_MEMORY_DESCRIPTOR_VERSION,
                 "the version is the specification's");
}

static bool type_is_known(UINT32 type)
{
    return type < (UINT32)TYPE_SPEC_END || type >= (UINT32)TYPE_OEM_FIRST;
}

static void each_descriptor(void)
{
    const struct memory_view *view = memory_view_read();
    bool aligned = true;
    bool has_pages = true;
    bool ends = true;
    bool known = true;
    bool not_virtual = true;

    topic("memory.descriptors", "7.2.3");
    if (!view)
        return;
    for (UINTN i = 0; i < memory_view_count(view); i++) {
        const EFI_MEMORY_DESCRIPTOR *descriptor = memory_view_at(view, i);

        aligned = aligned && descriptor->PhysicalStart % PAGE_BYTES == 0;
        has_pages = has_pages && descriptor->NumberOfPages;
        ends = ends && descriptor->NumberOfPages < 1ull << 52 &&
               memory_view_end(descriptor) > descriptor->PhysicalStart;
        known = known && type_is_known(descriptor->Type);
        not_virtual = not_virtual && !descriptor->VirtualStart;
    }
    check("aligned", aligned, "each begins at a page");
    check("not-empty", has_pages, "each has pages");
    check("end", ends, "none reaches the end of the address space");
    check("type", known, "each type is one of the specification's");
    check("virtual-start", not_virtual, "there is no virtual address yet");
}

static void attributes(void)
{
    const struct memory_view *view = memory_view_read();
    bool runtime_marked = true;
    bool others_not_marked = true;
    bool write_back = true;

    topic("memory.attributes", "7.2.3");
    if (!view)
        return;
    for (UINTN i = 0; i < memory_view_count(view); i++) {
        const EFI_MEMORY_DESCRIPTOR *descriptor = memory_view_at(view, i);
        bool marked = descriptor->Attribute & EFI_MEMORY_RUNTIME;

        if (descriptor->Type == EfiRuntimeServicesCode ||
            descriptor->Type == EfiRuntimeServicesData)
            runtime_marked = runtime_marked && marked;
        else if (descriptor->Type >= EfiLoaderCode && descriptor->Type <= EfiConventionalMemory)
            others_not_marked = others_not_marked && !marked;
        if (descriptor->Type == EfiConventionalMemory)
            write_back = write_back && descriptor->Attribute & EFI_MEMORY_WB;
    }
    check("runtime", runtime_marked, "runtime memory needs a mapping at run time");
    check("boot", others_not_marked, "loader and boot memory does not");
    check("write-back", write_back, "free memory can be cached");
}

static void no_overlap(void)
{
    const struct memory_view *view = memory_view_read();
    bool apart = true;

    topic("memory.descriptors", "7.2.3");
    if (!view)
        return;
    for (UINTN i = 0; i < memory_view_count(view); i++) {
        const EFI_MEMORY_DESCRIPTOR *a = memory_view_at(view, i);

        for (UINTN j = 0; j < i; j++) {
            const EFI_MEMORY_DESCRIPTOR *b = memory_view_at(view, j);

            if (a->PhysicalStart < memory_view_end(b) && b->PhysicalStart < memory_view_end(a))
                apart = false;
        }
    }
    check("apart", apart, "no page is described twice");
}

static void type_at(const char *name, const void *address, UINT32 expected, const char *what)
{
    const struct memory_view *view = memory_view_read();
    const EFI_MEMORY_DESCRIPTOR *descriptor = NULL;

    topic("memory.map-of", "7.2");
    if (view)
        descriptor = memory_view_find(view, (UINTN)address);
    check_number(name, descriptor ? descriptor->Type : ~0ull, expected, what);
}

static void known_places(void)
{
    type_at("program", (void *)(UINTN)known_places, EfiLoaderCode,
            "an application's image is loader code");
    type_at("stack", &(UINTN){0}, EfiBootServicesData, "its stack is boot services data");
    type_at("system-table", system_table, EfiRuntimeServicesData,
            "the system table stays at run time");
    type_at("configuration-tables", system_table->ConfigurationTable, EfiRuntimeServicesData,
            "so does the list of configuration tables");
}

static void unchanged_map_reads_the_same(void)
{
    static struct memory_view first;
    const struct memory_view *view = memory_view_read();
    bool same;

    topic("memory.map", "7.2.3");
    if (!view)
        return;
    boot->CopyMem(&first, (void *)(UINTN)view, sizeof(first));
    view = memory_view_read();
    if (!view)
        return;
    same = first.map_bytes == view->map_bytes;
    for (UINTN i = 0; same && i < view->map_bytes; i++)
        same = first.bytes[i] == view->bytes[i];
    check("stable", same, "two calls in a row return the same");
}

void memory_map_tests(void)
{
    asks_for_the_size();
    wrong_parameters();
    size_is_exact();
    each_descriptor();
    attributes();
    no_overlap();
    known_places();
    unchanged_map_reads_the_same();
}
