#include "shim/pool.h"

#include <stdbool.h>

#include "loader/lib/string.h"
#include "shim/memory_type.h"
#include "shim/page_alloc.h"

#define PAGE_BYTES   4096u
#define MAGIC        0x6c6f6f7065687670ull /* "pvhepool" */
#define SLOT_MIN     32u
#define SLOT_CLASSES 6u /* 32 … 1024 bytes */
#define SLOT_MAX     (SLOT_MIN << (SLOT_CLASSES - 1))
#define SLOTS_MAX    (PAGE_BYTES / SLOT_MIN)
#define WORD_BITS    64u

/* Lies at the start of each page (or run of pages) that the pool owns; slots follow. */
struct pool_page {
    uint64_t magic; /* MAGIC ^ own address: a copy of a page is no pool page */
    uint32_t type;
    uint16_t slot_bytes; /* 0: the whole run is one allocation */
    uint16_t used_slots;
    uint64_t pages;
    struct pool_page *next; /* pages of the same slot size that have room */
    struct pool_page *previous;
    uint64_t used[SLOTS_MAX / WORD_BITS];
} __attribute__((aligned(16)));
_Static_assert(sizeof(struct pool_page) % 16 == 0, "slots are 16-byte aligned");

static struct pool_page *with_room[SLOT_CLASSES];

static unsigned int class_for(size_t bytes)
{
    unsigned int class = 0;

    while (SLOT_MIN << class < bytes)
        class ++;
    return class;
}

static unsigned int slot_count(const struct pool_page *page)
{
    return (PAGE_BYTES - sizeof(*page)) / page->slot_bytes;
}

static void room_add(struct pool_page *page)
{
    struct pool_page **head = &with_room[class_for(page->slot_bytes)];

    page->previous = NULL;
    page->next = *head;
    if (*head)
        (*head)->previous = page;
    *head = page;
}

static void room_remove(struct pool_page *page)
{
    if (page->next)
        page->next->previous = page->previous;
    if (page->previous)
        page->previous->next = page->next;
    else
        with_room[class_for(page->slot_bytes)] = page->next;
}

static struct pool_page *page_new(uint32_t type, uint64_t pages, unsigned int slot_bytes)
{
    EFI_PHYSICAL_ADDRESS address;
    struct pool_page *page;

    if (page_alloc(AllocateAnyPages, type, pages, &address) != EFI_SUCCESS)
        return NULL;
    page = (struct pool_page *)(uintptr_t)address;
    *page = (struct pool_page){
        .magic = MAGIC ^ address,
        .type = type,
        .slot_bytes = (uint16_t)slot_bytes,
        .pages = pages,
    };
    return page;
}

static void *slot_take(struct pool_page *page)
{
    unsigned int slot = 0;

    while (page->used[slot / WORD_BITS] >> slot % WORD_BITS & 1)
        slot++;
    page->used[slot / WORD_BITS] |= 1ull << slot % WORD_BITS;
    page->used_slots++;
    if (page->used_slots == slot_count(page))
        room_remove(page);
    return (uint8_t *)(page + 1) + (size_t)slot * page->slot_bytes;
}

static struct pool_page *page_with_room(uint32_t type, unsigned int class)
{
    struct pool_page *page = with_room[class];

    while (page && page->type != type)
        page = page->next;
    if (page)
        return page;
    page = page_new(type, 1, SLOT_MIN << class);
    if (page)
        room_add(page);
    return page;
}

static void *alloc_run(uint32_t type, size_t bytes)
{
    uint64_t pages = (bytes + sizeof(struct pool_page) + PAGE_BYTES - 1) / PAGE_BYTES;
    struct pool_page *page = page_new(type, pages, 0);

    return page ? page + 1 : NULL;
}

EFI_STATUS pool_alloc(uint32_t type, size_t bytes, void **ret_buffer)
{
    struct pool_page *page;
    void *buffer;

    if (!ret_buffer || !memory_type_is_allocatable(type))
        return EFI_INVALID_PARAMETER;
    if (bytes > SIZE_MAX - PAGE_BYTES - sizeof(*page))
        return EFI_OUT_OF_RESOURCES;
    if (bytes > SLOT_MAX) {
        buffer = alloc_run(type, bytes);
    } else {
        page = page_with_room(type, class_for(bytes));
        buffer = page ? slot_take(page) : NULL;
    }
    if (!buffer)
        return EFI_OUT_OF_RESOURCES;
    *ret_buffer = buffer;
    return EFI_SUCCESS;
}

/* The pool page that `buffer` would lie in, NULL when there is none at that address. */
static struct pool_page *page_of(const void *buffer)
{
    uintptr_t address = (uintptr_t)buffer & ~(uintptr_t)(PAGE_BYTES - 1);
    struct pool_page *page = (struct pool_page *)address;
    uint32_t type;

    /* Page 0 is never mapped. */
    if (!address || !page_alloc_type_at(address, &type) || type == EfiConventionalMemory)
        return NULL;
    return page->magic == (MAGIC ^ address) && page->type == type ? page : NULL;
}

static void page_release(struct pool_page *page)
{
    page->magic = 0;
    page_free((uintptr_t)page, page->pages);
}

static EFI_STATUS slot_release(struct pool_page *page, size_t offset)
{
    unsigned int slot = (unsigned int)(offset / page->slot_bytes);

    if (offset % page->slot_bytes || slot >= slot_count(page) ||
        !(page->used[slot / WORD_BITS] >> slot % WORD_BITS & 1))
        return EFI_INVALID_PARAMETER;
    if (page->used_slots == slot_count(page))
        room_add(page);
    page->used[slot / WORD_BITS] &= ~(1ull << slot % WORD_BITS);
    page->used_slots--;
    if (!page->used_slots) {
        room_remove(page);
        page_release(page);
    }
    return EFI_SUCCESS;
}

EFI_STATUS pool_free(void *buffer)
{
    struct pool_page *page = page_of(buffer);
    size_t offset;

    if (!page || (uint8_t *)buffer < (uint8_t *)(page + 1))
        return EFI_INVALID_PARAMETER;
    offset = (size_t)((uint8_t *)buffer - (uint8_t *)(page + 1));
    if (page->slot_bytes)
        return slot_release(page, offset);
    if (offset)
        return EFI_INVALID_PARAMETER;
    page_release(page);
    return EFI_SUCCESS;
}

void *pool_new(size_t bytes)
{
    void *buffer;

    if (pool_alloc(EfiBootServicesData, bytes, &buffer) != EFI_SUCCESS)
        return NULL;
    return memset(buffer, 0, bytes);
}
