/*
 * A hundred thousand calls of the page allocator against a model that knows each page by itself:
 * the same answers, the same addresses, the same memory map.
 */
#include <stdbool.h>
#include <string.h>

#include "shim/memory/memory_descriptors.h"
#include "shim/memory/memory_type.h"
#include "shim/memory/page_alloc.h"
#include "tests/unit/isolated.h"
#include "tests/unit/random.h"

#define STEPS       100000u
#define CHECK_EVERY 50u
#define PAGE        0x1000ull
#define FOUR_GIB    (1ull << 32)

/* The address space that the model looks at: 384 pages up to 4 GiB, 256 from there on. */
#define FIRST_PAGE (FOUR_GIB / PAGE - 384)
#define PAGES      640u

struct page {
    bool exists;
    bool allocated;
    uint32_t type;
    uint64_t attributes;
};

/*
 * What the machine has there; pages in between do not exist. So few that they can all be described
 * without one of them: they are no real memory.
 */
static const struct {
    unsigned int first;
    unsigned int pages;
    uint32_t type;
    uint64_t attributes;
} ranges[] = {
    {0, 60, EfiConventionalMemory, MEMORY_ATTRIBUTE_CACHEABLE},
    {60, 10, EfiACPIReclaimMemory, MEMORY_ATTRIBUTE_CACHEABLE},
    {70, 30, EfiConventionalMemory, MEMORY_ATTRIBUTE_CACHEABLE},
    {230, 4, EfiReservedMemoryType, 0},
    {334, 50, EfiConventionalMemory, MEMORY_ATTRIBUTE_CACHEABLE},
    {384, 70, EfiConventionalMemory, MEMORY_ATTRIBUTE_CACHEABLE},
    {600, 16, EfiConventionalMemory, MEMORY_ATTRIBUTE_CACHEABLE},
};

static struct page model[PAGES];

static uint64_t address_of(unsigned int page)
{
    return (FIRST_PAGE + page) * PAGE;
}

static bool page_is_free(unsigned int page)
{
    return page < PAGES && model[page].exists && model[page].type == EfiConventionalMemory;
}

static bool run_is_free(unsigned int first, unsigned int pages)
{
    if (pages > PAGES || first > PAGES - pages)
        return false;
    for (unsigned int i = first; i < first + pages; i++) {
        if (!page_is_free(i))
            return false;
    }
    return pages > 0;
}

static void model_set(unsigned int first, unsigned int pages, uint32_t type, bool allocated)
{
    for (unsigned int i = first; i < first + pages; i++) {
        model[i].type = type;
        model[i].allocated = allocated;
    }
}

/* The highest place that ends at or below `limit_page`, -1 when there is none. */
static int model_find_highest(unsigned int pages, unsigned int alignment, unsigned int limit_page)
{
    for (unsigned int first = limit_page; first-- > 0;) {
        if ((FIRST_PAGE + first) % alignment == 0 && first + pages <= limit_page &&
            run_is_free(first, pages))
            return (int)first;
    }
    return -1;
}

static int model_find_any(unsigned int pages, unsigned int alignment)
{
    int low = model_find_highest(pages, alignment, FOUR_GIB / PAGE - FIRST_PAGE);

    return low >= 0 ? low : model_find_highest(pages, alignment, PAGES);
}

static void start(void)
{
    memset(model, 0, sizeof(model));
    for (size_t r = 0; r < sizeof(ranges) / sizeof(ranges[0]); r++) {
        assert_int_equal(page_alloc_add(address_of(ranges[r].first), ranges[r].pages,
                                        ranges[r].type, ranges[r].attributes),
                         EFI_SUCCESS);
        for (unsigned int i = 0; i < ranges[r].pages; i++)
            model[ranges[r].first + i] = (struct page){
                .exists = true, .type = ranges[r].type, .attributes = ranges[r].attributes};
    }
}

static uint32_t random_type(void)
{
    static const uint32_t types[] = {EfiLoaderCode, EfiLoaderData, EfiBootServicesData,
                                     EfiRuntimeServicesData, 0x80000001};

    return types[random_below(sizeof(types) / sizeof(types[0]))];
}

static void check_answer(EFI_STATUS status, uint64_t address, int expected, EFI_STATUS refusal,
                         unsigned int pages, uint32_t type)
{
    assert_int_equal(status, expected >= 0 ? EFI_SUCCESS : refusal);
    if (expected < 0)
        return;
    assert_int_equal(address, address_of((unsigned int)expected));
    model_set((unsigned int)expected, pages, type, true);
}

static void step_any(void)
{
    EFI_PHYSICAL_ADDRESS address = 0;
    unsigned int pages = 1 + random_below(12);
    uint32_t type = random_type();
    EFI_STATUS status = page_alloc(AllocateAnyPages, type, pages, &address);

    check_answer(status, address, model_find_any(pages, 1), EFI_OUT_OF_RESOURCES, pages, type);
}

static void step_max(void)
{
    unsigned int limit_page = random_below(PAGES + 1);
    EFI_PHYSICAL_ADDRESS address = address_of(limit_page) - 1 + random_below(PAGE);
    unsigned int pages = 1 + random_below(12);
    uint32_t type = random_type();
    EFI_STATUS status = page_alloc(AllocateMaxAddress, type, pages, &address);

    check_answer(status, address, model_find_highest(pages, 1, limit_page), EFI_OUT_OF_RESOURCES,
                 pages, type);
}

static void step_address(void)
{
    unsigned int first = random_below(PAGES);
    unsigned int pages = 1 + random_below(8);
    EFI_PHYSICAL_ADDRESS address = address_of(first);
    uint32_t type = random_type();
    EFI_STATUS status = page_alloc(AllocateAddress, type, pages, &address);

    check_answer(status, address, run_is_free(first, pages) ? (int)first : -1, EFI_NOT_FOUND, pages,
                 type);
}

static void step_aligned(void)
{
    EFI_PHYSICAL_ADDRESS address = 0;
    unsigned int alignment = 1u << random_below(5);
    unsigned int pages = 1 + random_below(12);
    uint32_t type = random_type();
    EFI_STATUS status = page_alloc_aligned(type, pages, alignment * PAGE, &address);

    check_answer(status, address, model_find_any(pages, alignment), EFI_OUT_OF_RESOURCES, pages,
                 type);
}

static void step_claim(void)
{
    unsigned int first = random_below(PAGES - 8);
    unsigned int pages = 1 + random_below(8);
    uint32_t type = random_type();

    assert_int_equal(page_alloc_claim(address_of(first), address_of(first + pages), type),
                     EFI_SUCCESS);
    for (unsigned int i = first; i < first + pages; i++) {
        if (page_is_free(i))
            model_set(i, 1, type, true);
    }
}

static void step_free(void)
{
    unsigned int first = random_below(PAGES - 8);
    unsigned int pages = 1 + random_below(8);
    bool allocated = true;

    for (unsigned int i = first; i < first + pages; i++)
        allocated = allocated && model[i].exists && model[i].allocated;
    assert_int_equal(page_free(address_of(first), pages), allocated ? EFI_SUCCESS : EFI_NOT_FOUND);
    if (allocated)
        model_set(first, pages, EfiConventionalMemory, false);
}

static bool continues(unsigned int page)
{
    const struct page *a = &model[page - 1];
    const struct page *b = &model[page];

    return a->exists && b->exists && a->type == b->type && a->attributes == b->attributes;
}

static void check_descriptor(const uint8_t *map, size_t index, unsigned int first,
                             unsigned int pages)
{
    EFI_MEMORY_DESCRIPTOR descriptor;

    memcpy(&descriptor, map + index * MEMORY_DESCRIPTOR_BYTES, sizeof(descriptor));
    assert_int_equal(descriptor.PhysicalStart, address_of(first));
    assert_int_equal(descriptor.NumberOfPages, pages);
    assert_int_equal(descriptor.Type, model[first].type);
    assert_int_equal(descriptor.Attribute & ~(uint64_t)EFI_MEMORY_RUNTIME, model[first].attributes);
}

static void check_map(void)
{
    static uint8_t map[PAGES * MEMORY_DESCRIPTOR_BYTES];
    UINTN bytes = sizeof(map);
    UINTN key;
    size_t count = 0;

    assert_int_equal(
        page_alloc_get_map(&bytes, (EFI_MEMORY_DESCRIPTOR *)(void *)map, &key, NULL, NULL),
        EFI_SUCCESS);
    for (unsigned int first = 0; first < PAGES;) {
        unsigned int end = first + 1;

        while (end < PAGES && continues(end))
            end++;
        if (model[first].exists)
            check_descriptor(map, count++, first, end - first);
        first = end;
    }
    assert_int_equal(bytes, count * MEMORY_DESCRIPTOR_BYTES);
}

static void test_random_calls_agree_with_the_model(void **state)
{
    static void (*const steps[])(void) = {step_any,   step_max,  step_address, step_aligned,
                                          step_claim, step_free, step_free,    step_free,
                                          step_free,  step_free, step_free};

    (void)state;
    random_seed(1);
    start();
    for (unsigned int i = 0; i < STEPS; i++) {
        steps[random_below(sizeof(steps) / sizeof(steps[0]))]();
        if (i % CHECK_EVERY == 0)
            check_map();
    }
}

static void test_everything_freed_leaves_the_first_map(void **state)
{
    test_random_calls_agree_with_the_model(state);
    for (unsigned int i = 0; i < PAGES; i++) {
        if (model[i].exists && model[i].allocated)
            assert_int_equal(page_free(address_of(i), 1), EFI_SUCCESS);
        model_set(i, 1, model[i].allocated ? EfiConventionalMemory : model[i].type, false);
    }
    check_map();
    assert_int_equal(page_alloc_free_pages(), 60 + 30 + 50 + 70 + 16);
    assert_int_equal(page_alloc_largest_run(), 120);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_calls_agree_with_the_model),
        cmocka_unit_test(test_everything_freed_leaves_the_first_map),
    };

    return isolated_run(tests);
}
