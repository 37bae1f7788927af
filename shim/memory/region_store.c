#include "shim/memory/region_store.h"

#define REGIONS_PER_PAGE ((REGION_STORE_PAGE_BYTES - sizeof(void *)) / sizeof(struct region))

struct region_page {
    struct region_page *previous;
    struct region at[REGIONS_PER_PAGE];
};
_Static_assert(sizeof(struct region_page) <= REGION_STORE_PAGE_BYTES, "one page");

size_t region_store_room(const struct region_store *store)
{
    return REGION_STORE_FIRST + store->pages * REGIONS_PER_PAGE - store->count;
}

/* Only near the end: goes back from the last page. */
static struct region *region_at(struct region_store *store, size_t index)
{
    struct region_page *page = store->last_page;

    if (index < REGION_STORE_FIRST)
        return &store->first[index];
    index -= REGION_STORE_FIRST;
    for (size_t i = store->pages - 1; i > index / REGIONS_PER_PAGE; i--)
        page = page->previous;
    return &page->at[index % REGIONS_PER_PAGE];
}

struct region *region_store_push(struct region_store *store)
{
    return region_at(store, store->count++);
}

struct region *region_store_pop(struct region_store *store)
{
    return region_at(store, --store->count);
}

void region_store_add_page(struct region_store *store, void *page)
{
    struct region_page *added = page;

    added->previous = store->last_page;
    store->last_page = added;
    store->pages++;
}

void *region_store_remove_page(struct region_store *store, size_t room)
{
    struct region_page *last = store->last_page;

    if (!last || region_store_room(store) < REGIONS_PER_PAGE + room)
        return NULL;
    store->last_page = last->previous;
    store->pages--;
    return last;
}
