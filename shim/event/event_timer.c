#include "shim/event/event_timer.h"

#include <stdbool.h>
#include <stddef.h>

static struct event_timer *timer_of(const struct tree_node *node)
{
    return node ? container_of(node, struct event_timer, node) : NULL;
}

static int compare_timers(const void *key, const struct tree_node *node)
{
    const struct event_timer *a = key;
    const struct event_timer *b = timer_of(node);

    return a->due_ns != b->due_ns ? tree_compare_numbers(a->due_ns, b->due_ns)
                                  : tree_compare_numbers(a->number, b->number);
}

static struct tree timers = {.compare = compare_timers};

void event_timer_start(struct event_timer *timer, uint64_t start_ns, uint64_t delay_ns,
                       uint64_t period_ns)
{
    event_timer_cancel(timer);
    timer->due_ns = delay_ns > UINT64_MAX - start_ns ? UINT64_MAX : start_ns + delay_ns;
    timer->period_ns = period_ns;
    tree_insert(&timers, &timer->node, timer);
}

void event_timer_cancel(struct event_timer *timer)
{
    if (tree_node_is_linked(&timer->node))
        tree_remove(&timers, &timer->node);
}

uint64_t event_timer_next_ns(void)
{
    const struct event_timer *first = timer_of(tree_first(&timers));

    return first ? first->due_ns : UINT64_MAX;
}

struct event_timer *event_timer_take_due(uint64_t now_ns)
{
    struct event_timer *first = timer_of(tree_first(&timers));
    bool has_missed;

    if (!first || first->due_ns > now_ns)
        return NULL;
    has_missed = now_ns - first->due_ns >= first->period_ns;
    if (first->period_ns)
        event_timer_start(first, has_missed ? now_ns : first->due_ns, first->period_ns,
                          first->period_ns);
    else
        event_timer_cancel(first);
    return first;
}
