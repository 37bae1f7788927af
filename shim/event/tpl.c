#include "shim/event/tpl.h"

#include <stdint.h>

#define LEVELS (TPL_HIGH_LEVEL + 1)

static EFI_TPL current = TPL_APPLICATION;
/* Indexed by level; `next` NULL until the first use. */
static struct list queues[LEVELS];
/* A bit for each level that something may wait at. */
static uint32_t waiting;
_Static_assert(LEVELS <= 32, "waiting has a bit for each");

EFI_TPL tpl_current(void)
{
    return current;
}

EFI_TPL tpl_raise(EFI_TPL level)
{
    EFI_TPL old = current;

    current = level;
    return old;
}

/* Runs everything that waits at `level`; notifications may queue more and restore levels
 * themselves. */
static void dispatch(EFI_TPL level)
{
    struct list *queue = &queues[level];

    while (!list_is_empty(queue)) {
        struct tpl_notification *notification =
            container_of(queue->next, struct tpl_notification, link);

        list_remove(&notification->link);
        current = level;
        notification->run(notification);
        current = level;
    }
    waiting &= ~(1u << level);
}

void tpl_restore(EFI_TPL level)
{
    /* Clients may pass any number. */
    while (level < TPL_HIGH_LEVEL && waiting >> level > 1)
        dispatch(31 - (unsigned int)__builtin_clz(waiting));
    current = level;
}

void tpl_queue(struct tpl_notification *notification)
{
    struct list *queue = &queues[notification->level];

    if (!queue->next)
        list_init(queue);
    if (list_is_empty(&notification->link))
        list_append(queue, &notification->link);
    waiting |= 1u << notification->level;
    if (notification->level > current)
        tpl_restore(current);
}

void tpl_unqueue(struct tpl_notification *notification)
{
    list_remove(&notification->link);
}
