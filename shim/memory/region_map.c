#include "shim/memory/region_map.h"

#include <efi.h>

static struct region *region_of(const struct tree_node *node)
{
    return node ? container_of(node, struct region, node) : NULL;
}

/* An address belongs to the region that it lies in. */
int region_compare(const void *address, const struct tree_node *node)
{
    const struct region *region = region_of(node);
    uint64_t key = *(const uint64_t *)address;

    return key < region->start ? -1 : key >= region->end;
}

static uint64_t free_bytes(const struct region *region)
{
    return region->type == EfiConventionalMemory ? region->end - region->start : 0;
}

bool region_update(struct tree_node *node)
{
    struct region *region = region_of(node);
    uint64_t largest = free_bytes(region);
    bool has_changed;

    for (int side = 0; side < 2; side++) {
        const struct region *child = region_of(node->child[side]);

        if (child && child->largest_free > largest)
            largest = child->largest_free;
    }
    has_changed = largest != region->largest_free;
    region->largest_free = largest;
    return has_changed;
}

struct region *region_map_find(const struct region_map *map, uint64_t address)
{
    return region_of(tree_find_from(&map->tree, &address));
}

struct region *region_map_first(const struct region_map *map)
{
    return region_of(tree_first(&map->tree));
}

struct region *region_next(const struct region *region)
{
    return region_of(tree_next(&region->node));
}

static struct region *previous(const struct region *region)
{
    return region_of(tree_previous(&region->node));
}

uint64_t region_map_largest_free(const struct region_map *map)
{
    return map->tree.root ? region_of(map->tree.root)->largest_free : 0;
}

static bool is_edge(const struct region_map *map, uint64_t address)
{
    const struct region *region = region_map_find(map, address);

    return !region || region->start >= address;
}

bool region_map_has_room_to_cut(const struct region_map *map, uint64_t start, uint64_t end)
{
    return region_store_room(map->store) >=
           (size_t)!is_edge(map, start) + (size_t)!is_edge(map, end);
}

/* What region_map_find_free() is asked for. */
struct wanted {
    uint64_t bytes;
    uint64_t alignment;
    uint64_t limit;
};

static bool fits(const struct region *region, const struct wanted *wanted, uint64_t *ret_start)
{
    uint64_t end = region->end < wanted->limit ? region->end : wanted->limit;
    uint64_t start;

    if (!free_bytes(region) || end < region->start || end - region->start < wanted->bytes)
        return false;
    start = (end - wanted->bytes) & ~(wanted->alignment - 1);
    if (start < region->start)
        return false;
    *ret_start = start;
    return true;
}

/* From the highest address down, without what is too small or too high. */
static bool find_below(const struct region *region, const struct wanted *wanted,
                       uint64_t *ret_start)
{
    if (!region || region->largest_free < wanted->bytes)
        return false;
    if (region->end < wanted->limit &&
        find_below(region_of(region->node.child[1]), wanted, ret_start))
        return true;
    return fits(region, wanted, ret_start) ||
           find_below(region_of(region->node.child[0]), wanted, ret_start);
}

bool region_map_find_free(const struct region_map *map, uint64_t bytes, uint64_t alignment,
                          uint64_t limit, uint64_t *ret_start)
{
    const struct wanted wanted = {.bytes = bytes, .alignment = alignment, .limit = limit};

    return find_below(region_of(map->tree.root), &wanted, ret_start);
}

static void insert(struct region_map *map, const struct region *region)
{
    struct region *place = region_store_push(map->store);

    *place = *region;
    tree_insert(&map->tree, &place->node, &place->start);
}

/* Its place is filled with the last one of the store. */
static void delete (struct region_map *map, struct region *region)
{
    struct region *last;

    tree_remove(&map->tree, &region->node);
    last = region_store_pop(map->store);
    if (last == region)
        return;
    *region = *last;
    tree_moved(&map->tree, &last->node, &region->node);
}

static bool are_alike(const struct region *a, const struct region *b)
{
    return a->end == b->start && a->type == b->type && a->attributes == b->attributes &&
           a->allocated == b->allocated;
}

/* Makes one of the two regions that meet at `address`, where possible. */
static void join(struct region_map *map, uint64_t address)
{
    struct region *after = region_map_find(map, address);
    struct region *before = after ? previous(after) : NULL;

    if (!before || after->start != address || !are_alike(before, after))
        return;
    before->end = after->end;
    tree_changed(&map->tree, &before->node);
    delete (map, after);
}

/* Cuts the region at `address`, if that lies inside one. */
static void split(struct region_map *map, uint64_t address)
{
    struct region *region = region_map_find(map, address);
    struct region after;

    if (!region || region->start >= address)
        return;
    after = *region;
    after.start = address;
    region->end = address;
    tree_changed(&map->tree, &region->node);
    insert(map, &after);
}

void region_map_add(struct region_map *map, struct region region)
{
    insert(map, &region);
    join(map, region.end);
    join(map, region.start);
}

void region_map_set(struct region_map *map, uint64_t start, uint64_t end, uint32_t type,
                    bool allocated)
{
    struct region *region;

    split(map, start);
    split(map, end);
    region = region_map_find(map, start);
    region->type = type;
    region->allocated = allocated;
    tree_changed(&map->tree, &region->node);
    join(map, end);
    join(map, start);
}
