#include "hypercall/memory.h"

#include <xen/arch-x86/hvm/start_info.h>
#include <xen/memory.h>
#include <xen/xen.h>

#include "hypercall/hypercall.h"

/* As XENMEM_memory_map writes it: packed, unlike hvm_memmap_table_entry. */
struct e820_entry {
    uint64_t addr;
    uint64_t size;
    uint32_t type;
} __attribute__((packed));
_Static_assert(sizeof(struct e820_entry) == 20, "xen/include/asm-x86/e820.h");

#define E820_CAPACITY 128

int memory_get_map(struct hvm_memmap_table_entry *ret_entries, unsigned int capacity)
{
    static struct e820_entry e820[E820_CAPACITY];
    struct xen_memory_map map = {.nr_entries = E820_CAPACITY};
    long result;

    set_xen_guest_handle(map.buffer, e820);
    result = hypercall(__HYPERVISOR_memory_op, XENMEM_memory_map, (uintptr_t)&map, 0, 0, 0);
    if (result < 0)
        return (int)result;
    if (map.nr_entries > E820_CAPACITY)
        map.nr_entries = E820_CAPACITY;
    if (map.nr_entries > capacity)
        map.nr_entries = capacity;
    for (unsigned int i = 0; i < map.nr_entries; i++) {
        ret_entries[i] = (struct hvm_memmap_table_entry){
            .addr = e820[i].addr,
            .size = e820[i].size,
            .type = e820[i].type,
        };
    }
    return (int)map.nr_entries;
}

static int add_to_physmap(unsigned int space, uint64_t index, uint64_t gfn)
{
    struct xen_add_to_physmap request = {
        .domid = DOMID_SELF,
        .space = space,
        .idx = index,
        .gpfn = gfn,
    };

    return (int)hypercall(__HYPERVISOR_memory_op, XENMEM_add_to_physmap, (uintptr_t)&request, 0, 0,
                          0);
}

int memory_map_shared_info(uint64_t gfn)
{
    return add_to_physmap(XENMAPSPACE_shared_info, 0, gfn);
}

int memory_map_grant_frame(unsigned int frame, uint64_t gfn)
{
    return add_to_physmap(XENMAPSPACE_grant_table, frame, gfn);
}

int memory_unmap(uint64_t gfn)
{
    struct xen_remove_from_physmap request = {.domid = DOMID_SELF, .gpfn = gfn};

    return (int)hypercall(__HYPERVISOR_memory_op, XENMEM_remove_from_physmap, (uintptr_t)&request,
                          0, 0, 0);
}
