#include "tests/efi/conformance/memory_view.h"

#include "tests/efi/conformance/check.h"

static struct memory_view view;

const struct memory_view *memory_view_read(void)
{
    EFI_STATUS status;

    view.map_bytes = sizeof(view.bytes);
    status = boot->GetMemoryMap(&view.map_bytes, (EFI_MEMORY_DESCRIPTOR *)view.bytes, &view.key,
                                &view.descriptor_bytes, &view.version);
    return need_status(status, "memory map") ? &view : NULL;
}

const struct memory_view *memory_view_last(void)
{
    return &view;
}

UINTN memory_view_count(const struct memory_view *of)
{
    return of->map_bytes / of->descriptor_bytes;
}

const EFI_MEMORY_DESCRIPTOR *memory_view_at(const struct memory_view *of, UINTN index)
{
    return (const EFI_MEMORY_DESCRIPTOR *)(of->bytes + index * of->descriptor_bytes);
}

UINT64 memory_view_end(const EFI_MEMORY_DESCRIPTOR *descriptor)
{
    return descriptor->PhysicalStart + descriptor->NumberOfPages * PAGE_BYTES;
}

const EFI_MEMORY_DESCRIPTOR *memory_view_find(const struct memory_view *of, UINT64 address)
{
    for (UINTN i = 0; i < memory_view_count(of); i++) {
        const EFI_MEMORY_DESCRIPTOR *descriptor = memory_view_at(of, i);

        if (address >= descriptor->PhysicalStart && address < memory_view_end(descriptor))
            return descriptor;
    }
    return NULL;
}

bool memory_is(UINT64 address, UINTN pages, EFI_MEMORY_TYPE type)
{
    const struct memory_view *now = memory_view_read();
    UINT64 end = address + pages * PAGE_BYTES;

    while (now && address < end) {
        const EFI_MEMORY_DESCRIPTOR *descriptor = memory_view_find(now, address);

        if (!descriptor || descriptor->Type != (UINT32)type)
            return false;
        address = memory_view_end(descriptor);
    }
    return now != NULL;
}

UINTN memory_largest_free(UINT64 *ret_address)
{
    const struct memory_view *now = memory_view_read();
    UINTN pages = 0;

    for (UINTN i = 0; now && i < memory_view_count(now); i++) {
        const EFI_MEMORY_DESCRIPTOR *descriptor = memory_view_at(now, i);

        if (descriptor->Type == EfiConventionalMemory && descriptor->NumberOfPages > pages) {
            pages = descriptor->NumberOfPages;
            *ret_address = descriptor->PhysicalStart;
        }
    }
    return pages;
}
