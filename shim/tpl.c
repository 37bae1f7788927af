#include "shim/tpl.h"

#include <stddef.h>

#define LEVELS (TPL_HIGH_LEVEL + 1)

static EFI_TPL current = TPL_APPLICATION;
/* Indexed by level; `next` NULL until the first use. */
static struct list queues[LEVELS];

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

static struct list *queue_at(EFI_TPL level)
{
    if (!queues[level].next)
        list_init(&queues[level]);
    return &queues[level];
}

/* Runs everything that waits at `level`; notifications may queue more and restore levels
 * themselves. */
static void dispatch(EFI_TPL level)
{
    struct list *queue = queue_at(level);

    while (!list_is_empty(queue)) {
        struct tpl_notification *notification =
            container_of(queue->next, struct tpl_notification, link);

        list_remove(&notification->link);
        current = level;
        notification->run(notification);
        current = level;
    }
}

void tpl_restore(EFI_TPL level)
{
    for (EFI_TPL l = TPL_HIGH_LEVEL; l > level; l--)
        dispatch(l);
    current = level;
}

void tpl_queue(struct tpl_notification *notification)
{
    if (list_is_empty(&notification->link))
        list_append(queue_at(notification->level), &notification->link);
    if (notification->level > current)
        tpl_restore(current);
}

void tpl_unqueue(struct tpl_notification *notification)
{
    list_remove(&notification->link);
}
