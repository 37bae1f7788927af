/* What the boot services table adds to the memory services. */
#include "shim/memory/memory_services.h"

#include <string.h>

#include "loader/x86/paging.h"
#include "shim/event/event.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/fake_paging.h"
#include "tests/unit/isolated.h"

#define PAGE_BYTES 4096u

static EFI_BOOT_SERVICES services;

static int start(void **state)
{
    fake_memory_setup(state);
    memory_services_install(&services);
    return 0;
}

static EFI_PHYSICAL_ADDRESS allocate_protected_pages(UINTN pages)
{
    EFI_PHYSICAL_ADDRESS address;

    assert_int_equal(services.AllocatePages(AllocateAnyPages, EfiBootServicesCode, pages, &address),
                     EFI_SUCCESS);
    assert_int_equal(paging_protect(address, address + pages * PAGE_BYTES, PAGE_ACCESS_READ),
                     EFI_SUCCESS);
    return address;
}

static void test_freed_pages_lose_their_protection(void **state)
{
    EFI_PHYSICAL_ADDRESS address = allocate_protected_pages(3);
    EFI_PHYSICAL_ADDRESS middle = address + PAGE_BYTES;

    (void)state;
    assert_int_equal(services.FreePages(middle, 1), EFI_SUCCESS);
    assert_true(fake_paging_is(address, middle, PAGE_ACCESS_READ));
    assert_true(fake_paging_is(middle, middle + PAGE_BYTES, PAGE_ACCESS_ALL));
    assert_true(fake_paging_is(middle + PAGE_BYTES, middle + 2 * PAGE_BYTES, PAGE_ACCESS_READ));
}

static void test_pages_that_are_not_freed_keep_their_protection(void **state)
{
    EFI_PHYSICAL_ADDRESS address = allocate_protected_pages(1);

    (void)state;
    assert_int_equal(services.FreePages(address - PAGE_BYTES, 2), EFI_NOT_FOUND);
    assert_true(fake_paging_is(address, address + PAGE_BYTES, PAGE_ACCESS_READ));
}

static UINT32 notified;

static void EFIAPI count_notification(EFI_EVENT event, void *context)
{
    (void)event;
    (void)context;
    notified++;
}

/* Was the group signalled since the last call? */
static bool was_notified(void)
{
    bool was = notified;

    notified = 0;
    return was;
}

static void test_changes_of_the_map_are_told_to_their_group(void **state)
{
    EFI_PHYSICAL_ADDRESS address;
    EFI_EVENT event;
    void *buffer;

    (void)state;
    assert_int_equal(event_create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, count_notification, NULL,
                                  &event_group_memory_map_change, &event),
                     EFI_SUCCESS);
    services.AllocatePages(AllocateAnyPages, EfiLoaderData, 1, &address);
    assert_true(was_notified());
    services.FreePages(address, 1);
    assert_true(was_notified());
    services.AllocatePool(EfiLoaderData, 3 * PAGE_BYTES, &buffer);
    assert_true(was_notified());
    services.FreePool(buffer);
    assert_true(was_notified());
    services.FreePages(address, 1);
    services.AllocatePool(EfiConventionalMemory, 1, &buffer);
    assert_false(was_notified());
}

static void test_pool_and_map_are_reached_through_the_table(void **state)
{
    EFI_MEMORY_DESCRIPTOR map[8];
    UINTN map_bytes = sizeof(map);
    UINTN descriptor_bytes = 0;
    UINT32 version = 0;
    UINTN key;
    void *buffer = NULL;

    (void)state;
    assert_int_equal(services.AllocatePool(EfiLoaderData, 100, &buffer), EFI_SUCCESS);
    assert_int_equal(services.GetMemoryMap(&map_bytes, map, &key, &descriptor_bytes, &version),
                     EFI_SUCCESS);
    assert_int_equal(map_bytes, 2 * descriptor_bytes);
    assert_int_equal(map[0].PhysicalStart, FAKE_MEMORY_START);
    assert_int_equal(services.FreePool(buffer), EFI_SUCCESS);
    assert_int_equal(services.FreePool(buffer), EFI_INVALID_PARAMETER);
}

static void test_copy_mem_copies_overlapping_buffers(void **state)
{
    char up[] = "0123456789";
    char down[] = "0123456789";

    (void)state;
    services.CopyMem(up + 2, up, 8);
    assert_string_equal(up, "0101234567");
    services.CopyMem(down, down + 2, 8);
    assert_string_equal(down, "2345678989");
}

static void test_set_mem_fills(void **state)
{
    char text[] = "0123456789";

    (void)state;
    services.SetMem(text + 1, 3, 'x');
    assert_string_equal(text, "0xxx456789");
    services.SetMem(text, 0, 'y');
    assert_string_equal(text, "0xxx456789");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_freed_pages_lose_their_protection, start),
        cmocka_unit_test_setup(test_pages_that_are_not_freed_keep_their_protection, start),
        cmocka_unit_test_setup(test_changes_of_the_map_are_told_to_their_group, start),
        cmocka_unit_test_setup(test_pool_and_map_are_reached_through_the_table, start),
        cmocka_unit_test_setup(test_copy_mem_copies_overlapping_buffers, start),
        cmocka_unit_test_setup(test_set_mem_fills, start),
    };

    return isolated_run(tests);
}
