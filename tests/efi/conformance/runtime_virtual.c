/* SetVirtualAddressMap and ConvertPointer before their time. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/memory_view.h"
#include "tests/efi/conformance/runtime.h"

static void set(void)
{
    const struct memory_view *view = memory_view_read();
    EFI_MEMORY_DESCRIPTOR *map;

    topic("runtime.virtual-map", "8.4.1");
    if (!view)
        return;
    map = (EFI_MEMORY_DESCRIPTOR *)(UINTN)view->bytes;
    check_status(
        "boot",
        runtime->SetVirtualAddressMap(view->map_bytes, view->descriptor_bytes, view->version, map),
        EFI_UNSUPPORTED, "not before ExitBootServices");
    check_status("boot-nothing",
                 runtime->SetVirtualAddressMap(0, view->descriptor_bytes, view->version, map),
                 EFI_UNSUPPORTED, "also not an empty one");
    check_pointer("unchanged", system_table->RuntimeServices, runtime, "nothing has moved");
}

static void convert(void)
{
    UINT64 here = 0;
    void *pointer = &here;
    void *nothing = NULL;

    topic("runtime.convert-pointer", "8.4.2");
    check_refused("boot", runtime->ConvertPointer(0, &pointer), "there is no map yet");
    check_pointer("boot-unchanged", pointer, &here, "the pointer stays as it is");
    check_status("no-address", runtime->ConvertPointer(0, NULL), EFI_INVALID_PARAMETER,
                 "an address must be given");
    check_status("null", runtime->ConvertPointer(0, &nothing), EFI_INVALID_PARAMETER,
                 "of a pointer that is not NULL");
    check_pointer("null-unchanged", nothing, NULL, "NULL stays NULL");
}

void runtime_virtual_tests(void)
{
    set();
    convert();
}
