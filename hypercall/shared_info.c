#include "hypercall/shared_info.h"

#include <stddef.h>

#include "hypercall/memory.h"

#define PAGE_SHIFT 12

static uint64_t gfn;

int shared_info_map(uint64_t hole_gfn)
{
    int result = memory_map_shared_info(hole_gfn);

    if (!result)
        gfn = hole_gfn;
    return result;
}

struct shared_info *shared_info(void)
{
    return gfn ? (struct shared_info *)(uintptr_t)(gfn << PAGE_SHIFT) : NULL;
}

int shared_info_unmap(void)
{
    int result = gfn ? memory_unmap(gfn) : 0;

    gfn = 0;
    return result;
}
