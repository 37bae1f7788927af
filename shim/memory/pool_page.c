#include "shim/memory/pool_page.h"

#include "loader/lib/tree.h"
#include "loader/x86/paging.h"
#include "shim/memory/nx_policy.h"
#include "shim/memory/page_alloc.h"

#define PAGE_BYTES 4096u
#define MAGIC      0x6c6f6f7065687670ull /* "pvhepool" */
#define SLOTS_MAX  (PAGE_BYTES / POOL_SLOT_MIN)
#define WORD_BITS  64u

/* Lies at the start of each page or run; slots, or the buffer, follow. */
struct pool_page {
    uint64_t magic; /* MAGIC ^ own address: a copy of a page is no pool page */
    struct pool_purpose purpose;
    struct tree_node node; /* in `with_room`, as long as there is a free slot */
    unsigned int used_slots;
    union {
        uint64_t used[SLOTS_MAX / WORD_BITS]; /* a bit for each slot */
        uint64_t run_pages;
    };
} __attribute__((aligned(POOL_ALIGNMENT)));
_Static_assert(sizeof(struct pool_page) % POOL_ALIGNMENT == 0, "slots are aligned");

/* Pages are sorted by what they are for, those for the same by their addresses. */
struct page_key {
    uint64_t purpose;
    uint64_t address;
};

static struct page_key key_of(struct pool_purpose purpose, uint64_t address)
{
    return (struct page_key){
        .purpose = (uint64_t)purpose.type << 32 | (uint64_t)purpose.kind << 16 | purpose.slot_bytes,
        .address = address,
    };
}

static struct pool_page *page_at(const struct tree_node *node)
{
    return node ? container_of(node, struct pool_page, node) : NULL;
}

static int compare_pages(const void *key, const struct tree_node *node)
{
    const struct page_key *a = key;
    struct page_key b = key_of(page_at(node)->purpose, (uintptr_t)page_at(node));

    return a->purpose != b.purpose ? tree_compare_numbers(a->purpose, b.purpose)
                                   : tree_compare_numbers(a->address, b.address);
}

static struct tree with_room = {.compare = compare_pages};

static unsigned int slot_count(const struct pool_page *page)
{
    return (PAGE_BYTES - sizeof(*page)) / page->purpose.slot_bytes;
}

static void room_add(struct pool_page *page)
{
    struct page_key key = key_of(page->purpose, (uintptr_t)page);

    tree_insert(&with_room, &page->node, &key);
}

static struct pool_page *page_new(struct pool_purpose purpose, uint64_t pages)
{
    EFI_PHYSICAL_ADDRESS address;
    struct pool_page *page;

    if (page_alloc(AllocateAnyPages, purpose.type, pages, &address) != EFI_SUCCESS)
        return NULL;
    nx_policy_apply(address, pages, purpose.type);
    page = (struct pool_page *)(uintptr_t)address;
    *page = (struct pool_page){.magic = MAGIC ^ address, .purpose = purpose};
    return page;
}

static struct pool_page *page_with_room(struct pool_purpose purpose)
{
    struct page_key key = key_of(purpose, 0);
    struct pool_page *page = page_at(tree_find_from(&with_room, &key));

    if (page && key_of(page->purpose, 0).purpose == key.purpose)
        return page;
    page = page_new(purpose, 1);
    if (page)
        room_add(page);
    return page;
}

static bool slot_is_used(const struct pool_page *page, unsigned int slot)
{
    return page->used[slot / WORD_BITS] >> slot % WORD_BITS & 1;
}

static void slot_toggle(struct pool_page *page, unsigned int slot)
{
    page->used[slot / WORD_BITS] ^= 1ull << slot % WORD_BITS;
}

void *pool_slot_new(struct pool_purpose purpose)
{
    struct pool_page *page = page_with_room(purpose);
    unsigned int slot = 0;

    if (!page)
        return NULL;
    while (slot_is_used(page, slot))
        slot++;
    slot_toggle(page, slot);
    page->used_slots++;
    if (page->used_slots == slot_count(page))
        tree_remove(&with_room, &page->node);
    return (uint8_t *)(page + 1) + (size_t)slot * purpose.slot_bytes;
}

void *pool_run_new(uint32_t type, size_t bytes)
{
    uint64_t pages = (bytes + sizeof(struct pool_page) + PAGE_BYTES - 1) / PAGE_BYTES;
    struct pool_page *page = page_new((struct pool_purpose){.type = type}, pages);

    if (!page)
        return NULL;
    page->run_pages = pages;
    return page + 1;
}

/* Does a slot that is in use begin at `offset` from the first one? */
static bool has_slot_at(const struct pool_page *page, unsigned int offset)
{
    unsigned int slot = offset / page->purpose.slot_bytes;

    return offset % page->purpose.slot_bytes == 0 && slot < slot_count(page) &&
           slot_is_used(page, slot);
}

static bool is_page(const struct pool_page *page, enum pool_kind kind)
{
    uint32_t type;

    /* Page 0 is never mapped, and others a client may have hidden. */
    if (!page || !page_alloc_type_at((uintptr_t)page, &type) || type == EfiConventionalMemory ||
        !paging_allows((uintptr_t)page, PAGE_BIT_PRESENT))
        return false;
    return page->magic == (MAGIC ^ (uintptr_t)page) && page->purpose.type == type &&
           page->purpose.kind == kind;
}

struct pool_page *pool_page_of(const void *buffer, enum pool_kind kind)
{
    unsigned int offset = (uintptr_t)buffer % PAGE_BYTES;
    struct pool_page *page = (struct pool_page *)((uintptr_t)buffer - offset);

    if (offset < sizeof(*page) || !is_page(page, kind))
        return NULL;
    offset -= sizeof(*page);
    if (!page->purpose.slot_bytes)
        return offset ? NULL : page;
    return has_slot_at(page, offset) ? page : NULL;
}

static void page_release(struct pool_page *page, uint64_t pages)
{
    page->magic = 0;
    page_free((uintptr_t)page, pages);
    paging_reset((uintptr_t)page, (uintptr_t)page + pages * PAGE_BYTES);
}

static void slot_release(struct pool_page *page, unsigned int slot)
{
    if (page->used_slots == slot_count(page))
        room_add(page);
    slot_toggle(page, slot);
    page->used_slots--;
    if (page->used_slots)
        return;
    tree_remove(&with_room, &page->node);
    page_release(page, 1);
}

void pool_page_free(struct pool_page *page, const void *buffer)
{
    uintptr_t offset = (uintptr_t)buffer - (uintptr_t)(page + 1);

    /* Whoever made the page read-only did not ask the others in it. */
    if (!paging_allows((uintptr_t)page, PAGE_BIT_WRITE))
        paging_reset((uintptr_t)page, (uintptr_t)page + PAGE_BYTES);
    if (page->purpose.slot_bytes)
        slot_release(page, (unsigned int)offset / page->purpose.slot_bytes);
    else
        page_release(page, page->run_pages);
}
