/*
 * Watches: xenstored tells when something at or below a path was changed. Boot phase.
 */
#ifndef PVHEFI_HYPERCALL_XENSTORE_WATCH_H
#define PVHEFI_HYPERCALL_XENSTORE_WATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "loader/lib/list.h"

/* The caller's; it and its path stay until xenstore_watch_remove(). */
struct xenstore_watch {
    struct list link;
    const char *dir; /* as in hypercall/xenstore.h */
    const char *node;
    uint32_t id;
    bool fired;
};

/*
 * Watches "dir/node", which need not exist. Fires once for the start, so that a value read after
 * that is never out of date unnoticed. 0, or an error of hypercall/xenstore.h: not watched.
 */
int xenstore_watch_add(struct xenstore_watch *watch, const char *dir, const char *node);

/* Also for one that could not be added, if it was zeroed before. */
void xenstore_watch_remove(struct xenstore_watch *watch);

/*
 * 0: it fired, once or more often, since the last time that this function said so. -XEN_ETIMEDOUT:
 * not until tsc_now_ns() was `deadline_ns` (0: only looks). Else an error of hypercall/xenstore.h.
 */
int xenstore_watch_wait(struct xenstore_watch *watch, uint64_t deadline_ns);

/* Some are there still. */
bool xenstore_watch_any(void);

/* An event came for the watch with this token, if there is one. */
void xenstore_watch_fire(const char *token);

#endif
