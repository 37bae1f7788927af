/*
 * The timers of events, in the order in which they are due. Takes time that grows with the
 * logarithm of the number of timers that run. Pure; times in ns since any moment.
 */
#ifndef PVHEFI_SHIM_EVENT_EVENT_TIMER_H
#define PVHEFI_SHIM_EVENT_EVENT_TIMER_H

#include <stdint.h>

#include "loader/lib/tree.h"

/* Lies inside the event. All zero: does not run. */
struct event_timer {
    struct tree_node node;
    uint64_t due_ns;
    uint64_t period_ns; /* 0: once */
    uint64_t number; /* the owner's to set, once; of timers due at one time the lowest is first */
};

/* Starts it, or starts it anew. Both times may be any number; what is too late is never due. */
void event_timer_start(struct event_timer *timer, uint64_t start_ns, uint64_t delay_ns,
                       uint64_t period_ns);

/* Nothing happens when it does not run. */
void event_timer_cancel(struct event_timer *timer);

/* When the next one is due; UINT64_MAX when none runs. */
uint64_t event_timer_next_ns(void);

/*
 * The first one that is due, which then waits for its next period or runs no more; NULL when none
 * is. Missed periods are not made up for.
 */
struct event_timer *event_timer_take_due(uint64_t now_ns);

#endif
