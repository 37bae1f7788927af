/*
 * A memory map of very many regions, and what the page allocator takes for itself to describe it.
 * The memory is real: there the descriptions lie.
 */
#include <string.h>
#include <sys/mman.h>

#include "shim/memory/memory_descriptors.h"
#include "shim/memory/memory_type.h"
#include "shim/memory/page_alloc.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"
#include "tests/unit/random.h"

#define PAGE        0x1000ull
#define DATA        EfiLoaderData
#define ARENA_PAGES (FAKE_MEMORY_BYTES / PAGE)
/* For the hundred thousand: a second arena, of which little is touched. */
#define LARGE_START 0x40000000ull
#define LARGE_PAGES 120000u
#define ALLOCATIONS 100000u

static EFI_PHYSICAL_ADDRESS allocated[ALLOCATIONS];

static void assert_all_is_free(uint64_t start, uint64_t pages)
{
    uint8_t map[4 * MEMORY_DESCRIPTOR_BYTES];
    UINTN bytes = sizeof(map);
    UINTN key;
    EFI_MEMORY_DESCRIPTOR first;

    assert_int_equal(
        page_alloc_get_map(&bytes, (EFI_MEMORY_DESCRIPTOR *)(void *)map, &key, NULL, NULL),
        EFI_SUCCESS);
    assert_int_equal(bytes, MEMORY_DESCRIPTOR_BYTES);
    memcpy(&first, map, sizeof(first));
    assert_int_equal(first.Type, EfiConventionalMemory);
    assert_int_equal(first.PhysicalStart, start);
    assert_int_equal(first.NumberOfPages, pages);
}

static bool is_free(uint64_t address)
{
    uint32_t type;

    assert_true(page_alloc_type_at(address, &type));
    return type == EfiConventionalMemory;
}

/* Every second page from `start` on, where nobody else is; how many it got. */
static size_t take_every_second(uint64_t start, size_t wanted)
{
    size_t count = 0;

    for (uint64_t address = start; count < wanted; address += 2 * PAGE) {
        if (!is_free(address))
            continue;
        allocated[count] = address;
        assert_int_equal(page_alloc(AllocateAddress, DATA, 1, &allocated[count++]), EFI_SUCCESS);
    }
    return count;
}

static void free_in_random_order(size_t count)
{
    while (count) {
        size_t index = random_below((unsigned int)count);

        assert_int_equal(page_free(allocated[index], 1), EFI_SUCCESS);
        allocated[index] = allocated[--count];
    }
}

static void test_descriptions_take_pages_and_give_them_back(void **state)
{
    size_t count = take_every_second(FAKE_MEMORY_START, 4000);

    (void)state;
    /* Two regions each, of 64 bytes. */
    assert_in_range(fake_memory_used_pages(), count + count / 40, count + count / 25);
    free_in_random_order(count);
    assert_all_is_free(FAKE_MEMORY_START, ARENA_PAGES);
}

static void test_a_page_that_is_asked_for_is_not_taken_for_them(void **state)
{
    size_t count = 0;

    (void)state;
    /* From the top, where they come from too: the next one, for which they are not yet needed. */
    for (uint64_t address = FAKE_MEMORY_END - PAGE; count < 4000; address -= 2 * PAGE) {
        if (!is_free(address))
            continue;
        allocated[count] = address;
        assert_int_equal(page_alloc(AllocateAddress, DATA, 1, &allocated[count++]), EFI_SUCCESS);
    }
    free_in_random_order(count);
    assert_all_is_free(FAKE_MEMORY_START, ARENA_PAGES);
}

static void test_they_cannot_be_freed(void **state)
{
    size_t found = 0;

    (void)state;
    take_every_second(FAKE_MEMORY_START, 4000);
    for (uint64_t address = FAKE_MEMORY_START; address < FAKE_MEMORY_END; address += PAGE) {
        uint32_t type;

        assert_true(page_alloc_type_at(address, &type));
        if (type == EfiBootServicesData && ++found)
            assert_int_equal(page_free(address, 1), EFI_NOT_FOUND);
    }
    assert_true(found > 100);
}

static void test_when_all_memory_is_taken_all_can_be_freed(void **state)
{
    size_t count = 0;
    EFI_STATUS status;

    (void)state;
    while ((status = page_alloc(AllocateAnyPages, count % 2 ? DATA : EfiLoaderCode, 1,
                                &allocated[count])) == EFI_SUCCESS)
        count++;
    assert_int_equal(status, EFI_OUT_OF_RESOURCES);
    assert_int_equal(page_alloc_free_pages(), 0);
    free_in_random_order(count);
    assert_all_is_free(FAKE_MEMORY_START, ARENA_PAGES);
}

static int start_with_large_arena(void **state)
{
    void *wanted = (void *)(uintptr_t)LARGE_START;

    (void)state;
    if (mmap(wanted, LARGE_PAGES * PAGE, PROT_READ | PROT_WRITE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0) != wanted)
        return -1;
    return page_alloc_add(LARGE_START, LARGE_PAGES, EfiConventionalMemory,
                          MEMORY_ATTRIBUTE_CACHEABLE) != EFI_SUCCESS;
}

static void test_a_hundred_thousand_pages_in_random_order(void **state)
{
    static const uint32_t types[] = {EfiLoaderCode, EfiLoaderData, EfiBootServicesCode};

    (void)state;
    for (size_t i = 0; i < ALLOCATIONS; i++)
        assert_int_equal(page_alloc(AllocateAnyPages, types[i % 3], 1, &allocated[i]), EFI_SUCCESS);
    for (size_t i = 0; i < ALLOCATIONS; i++) {
        size_t index = random_below(ALLOCATIONS);

        assert_int_equal(page_free(allocated[index], 1), EFI_SUCCESS);
        assert_int_equal(page_alloc(AllocateAnyPages, types[random_below(3)], 1, &allocated[index]),
                         EFI_SUCCESS);
    }
    free_in_random_order(ALLOCATIONS);
    assert_all_is_free(LARGE_START, LARGE_PAGES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_descriptions_take_pages_and_give_them_back, fake_memory_setup),
        cmocka_unit_test_setup(test_a_page_that_is_asked_for_is_not_taken_for_them,
                               fake_memory_setup),
        cmocka_unit_test_setup(test_they_cannot_be_freed, fake_memory_setup),
        cmocka_unit_test_setup(test_when_all_memory_is_taken_all_can_be_freed, fake_memory_setup),
        cmocka_unit_test_setup(test_a_hundred_thousand_pages_in_random_order,
                               start_with_large_arena),
    };

    return isolated_run(tests);
}
