/*
 * Doubly linked lists whose links lie inside the elements. Pure.
 */
#ifndef PVHEFI_LOADER_LIB_LIST_H
#define PVHEFI_LOADER_LIB_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct list {
    struct list *next;
    struct list *previous;
};

#define LIST_EMPTY(name) \
    {                    \
        &(name), &(name) \
    }

/* The element that embeds `member` at `pointer`, which may be one to const. */
#define container_of(pointer, type, member) ((type *)((uintptr_t)(pointer)-offsetof(type, member)))

/* The loop's body may remove the current element. */
#define list_for_each(element, following, head)                                              \
    for (struct list *element = (head)->next, *following = element->next; element != (head); \
         element = following, following = element->next)

static inline void list_init(struct list *head)
{
    head->next = head;
    head->previous = head;
}

static inline bool list_is_empty(const struct list *head)
{
    return head->next == head;
}

static inline void list_append(struct list *head, struct list *element)
{
    element->next = head;
    element->previous = head->previous;
    head->previous->next = element;
    head->previous = element;
}

static inline void list_remove(struct list *element)
{
    element->previous->next = element->next;
    element->next->previous = element->previous;
    list_init(element);
}

#endif
