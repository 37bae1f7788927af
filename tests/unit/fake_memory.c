#include "tests/unit/fake_memory.h"

#include <stdlib.h>
#include <sys/mman.h>

#include "shim/memory/memory_type.h"
#include "shim/memory/page_alloc.h"
#include "shim/memory/pool.h"

#define PAGE_SHIFT       12
#define POOL_PIECE_BYTES 1024u /* larger ones are pages of their own */
#define OBJECT_BYTES_MIN 32u
#define OBJECT_BYTES_MAX 512u

void fake_memory_init(void)
{
    void *wanted = (void *)(uintptr_t)FAKE_MEMORY_START;
    void *arena = mmap(wanted, FAKE_MEMORY_BYTES, PROT_READ | PROT_WRITE | PROT_EXEC,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);

    if (arena != wanted ||
        page_alloc_add(FAKE_MEMORY_START, FAKE_MEMORY_BYTES >> PAGE_SHIFT, EfiConventionalMemory,
                       MEMORY_ATTRIBUTE_CACHEABLE) != EFI_SUCCESS)
        abort();
}

int fake_memory_setup(void **state)
{
    (void)state;
    fake_memory_init();
    return 0;
}

uint64_t fake_memory_used_pages(void)
{
    return (FAKE_MEMORY_BYTES >> PAGE_SHIFT) - page_alloc_free_pages();
}

/* Of any size that objects of that kind may have in a page. */
static void exhaust_objects(enum pool_kind kind)
{
    for (unsigned int bytes = OBJECT_BYTES_MIN; bytes <= OBJECT_BYTES_MAX; bytes += 16)
        while (pool_new_object(kind, bytes))
            ;
}

void fake_memory_exhaust(void)
{
    EFI_PHYSICAL_ADDRESS address;

    while (page_alloc_free_pages())
        if (page_alloc(AllocateAnyPages, EfiBootServicesData, page_alloc_largest_run(), &address) !=
            EFI_SUCCESS)
            abort();
    for (unsigned int bytes = POOL_PIECE_BYTES; bytes > 0; bytes /= 2)
        while (pool_new(bytes))
            ;
    for (enum pool_kind kind = POOL_HANDLE; kind <= POOL_EVENT; kind++)
        exhaust_objects(kind);
}
