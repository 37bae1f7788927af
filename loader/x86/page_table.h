/*
 * Page tables of four levels that map memory at its own address, in the largest pages there are
 * (Intel SDM volume 3, section 4.5). Pure: works on memory and executes no instruction of the MMU;
 * who uses it flushes the TLB.
 */
#ifndef PVHEFI_LOADER_X86_PAGE_TABLE_H
#define PVHEFI_LOADER_X86_PAGE_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#define PAGE_TABLE_PAGE_BYTES  4096ull
#define PAGE_TABLE_ENTRIES     512u
#define PAGE_TABLE_ADDRESS_END (1ull << 47) /* the lower half of what four levels reach */

/* What a page's entry says beside its address. */
#define PAGE_BIT_PRESENT (1ull << 0)
#define PAGE_BIT_WRITE   (1ull << 1)
#define PAGE_BIT_POLICY  (1ull << 9) /* ignored by the CPU: PAGE_BIT_NX is there by default */
#define PAGE_BIT_NX      (1ull << 63)
#define PAGE_BITS        (PAGE_BIT_PRESENT | PAGE_BIT_WRITE | PAGE_BIT_POLICY | PAGE_BIT_NX)

/* Splitting at both ends of a range, from 1 GiB down to 4 KiB, takes so many new tables. */
#define PAGE_TABLE_SPLITS_MAX 4u
#define PAGE_TABLE_SPARE_MAX  16u

struct page_tables {
    uint64_t *root;
    unsigned int largest_level; /* of a page: 2 for 2 MiB, 3 for 1 GiB */
    /* Tables that are not in use. Whoever owns the structure fills and empties this. */
    uint64_t *spare[PAGE_TABLE_SPARE_MAX];
    unsigned int spare_count;
};

/* What somebody wants of a range: of the bits in `mask` those in `value` set, the others not. */
struct page_change {
    uint64_t mask;
    uint64_t value;
};

/*
 * Maps what is not mapped yet of [start, end), whole pages. Returns how far it came: less than
 * `end` when spare tables ran out.
 */
uint64_t page_table_map(struct page_tables *tables, uint64_t start, uint64_t end, uint64_t bits);

/*
 * The bits at `address`; false when nothing is mapped there. `ret_end` is where the page, or the
 * gap in the tables, ends.
 */
bool page_table_look_up(const struct page_tables *tables, uint64_t address, uint64_t *ret_bits,
                        uint64_t *ret_end);

/* How many spare tables a change of [start, end) takes; all of it is mapped. */
unsigned int page_table_splits(const struct page_tables *tables, uint64_t start, uint64_t end,
                               struct page_change change);

/*
 * Changes [start, end), all of which is mapped; where spare tables run out, whole pages at its
 * ends. Tables whose pages have become equal are replaced by a large page, and spare again. True
 * when something is different now.
 */
bool page_table_change(struct page_tables *tables, uint64_t start, uint64_t end,
                       struct page_change change);

/* Does one of the tables lie in [start, end)? */
bool page_table_uses(const struct page_tables *tables, uint64_t start, uint64_t end);

#endif
