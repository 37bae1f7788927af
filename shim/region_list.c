#include "shim/region_list.h"

#include "loader/lib/string.h"

bool region_list_has_room(const struct region_list *list)
{
    return list->count + 2 <= REGIONS_MAX;
}

size_t region_list_index(const struct region_list *list, uint64_t address)
{
    size_t low = 0;
    size_t high = list->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (list->at[middle].end <= address)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_edge(const struct region_list *list, uint64_t address)
{
    size_t index = region_list_index(list, address);

    return index == list->count || list->at[index].start >= address;
}

bool region_list_has_room_to_cut(const struct region_list *list, uint64_t start, uint64_t end)
{
    return list->count + !is_edge(list, start) + !is_edge(list, end) <= REGIONS_MAX;
}

static void insert(struct region_list *list, size_t index, struct region region)
{
    memmove(&list->at[index + 1], &list->at[index], (list->count - index) * sizeof(region));
    list->at[index] = region;
    list->count++;
}

static void delete (struct region_list *list, size_t index)
{
    list->count--;
    memmove(&list->at[index], &list->at[index + 1], (list->count - index) * sizeof(list->at[0]));
}

static bool are_alike(const struct region *a, const struct region *b)
{
    return a->end == b->start && a->type == b->type && a->attributes == b->attributes &&
           a->allocated == b->allocated;
}

/* Makes `index` one with its neighbours where possible. */
static void merge(struct region_list *list, size_t index)
{
    struct region *at = list->at;

    if (index + 1 < list->count && are_alike(&at[index], &at[index + 1])) {
        at[index].end = at[index + 1].end;
        delete (list, index + 1);
    }
    if (index > 0 && are_alike(&at[index - 1], &at[index])) {
        at[index - 1].end = at[index].end;
        delete (list, index);
    }
}

/* Cuts the region at `address`, if that lies inside one. */
static void split(struct region_list *list, uint64_t address)
{
    size_t index = region_list_index(list, address);

    if (is_edge(list, address))
        return;
    insert(list, index + 1, list->at[index]);
    list->at[index].end = address;
    list->at[index + 1].start = address;
}

void region_list_add(struct region_list *list, struct region region)
{
    size_t index = region_list_index(list, region.start);

    insert(list, index, region);
    merge(list, index);
}

void region_list_set(struct region_list *list, uint64_t start, uint64_t end, uint32_t type,
                     bool allocated)
{
    size_t index;

    split(list, start);
    split(list, end);
    index = region_list_index(list, start);
    list->at[index].type = type;
    list->at[index].allocated = allocated;
    merge(list, index);
}
