/* The memory map's key. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/memory.h"
#include "tests/efi/conformance/memory_view.h"

static UINTN key_now(void)
{
    const struct memory_view *view = memory_view_read();

    return view ? view->key : 0;
}

static void pages(void)
{
    UINTN before = key_now();
    UINT64 address;
    UINTN allocated;

    topic("memory.map-key", "7.2.3");
    check_number("stable", key_now(), before, "reading the map leaves the key as it is");
    if (!need_status(boot->AllocatePages(AllocateAnyPages, EfiLoaderData, 1, &address), "page"))
        return;
    allocated = key_now();
    check("allocate", allocated != before, "an allocation changes it");
    boot->FreePages(address, 1);
    check("free", key_now() != allocated, "giving pages back does, too");
}

static void failures(void)
{
    UINTN before = key_now();
    UINT64 address = 0;

    topic("memory.map-key", "7.2.3");
    boot->AllocatePages(AllocateAnyPages, EfiLoaderData, ~(UINTN)0, &address);
    boot->FreePages(1, 1);
    check_number("failures", key_now(), before, "refused calls do not change it");
}

static void large_pool(void)
{
    UINTN before = key_now();
    void *buffer;

    topic("memory.map-key", "7.2.3");
    if (!need_status(boot->AllocatePool(EfiLoaderData, 1000000, &buffer), "buffer"))
        return;
    check("pool", key_now() != before, "a pool that needs pages changes it");
    boot->FreePool(buffer);
}

void memory_key_tests(void)
{
    pages();
    failures();
    large_pool();
}
