/*
 * Task priority levels and the notifications that wait for a lower one (UEFI 2.10 section 7.1).
 * Boot phase.
 */
#ifndef PVHEFI_SHIM_EVENT_TPL_H
#define PVHEFI_SHIM_EVENT_TPL_H

#include <efi.h>

#include "loader/lib/list.h"

/* A notification that is due; lies inside an event. */
struct tpl_notification {
    struct list link; /* empty while it is not queued */
    EFI_TPL level;
    void (*run)(struct tpl_notification *notification);
};

EFI_TPL tpl_current(void);

/* RaiseTPL: `level` must not be below the current one. Returns the level to restore. */
EFI_TPL tpl_raise(EFI_TPL level);

/* RestoreTPL: runs what is due above `level`, highest first, in the order of its queueing. */
void tpl_restore(EFI_TPL level);

/* Queues it, unless it is queued already. It runs when the level allows. */
void tpl_queue(struct tpl_notification *notification);

void tpl_unqueue(struct tpl_notification *notification);

#endif
