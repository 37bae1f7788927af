/*
 * This guest as one of Xen's domains: what it shares with Xen and the host while the firmware runs
 * (shared_info, grant table, xenstore), and that all of it is given back when the OS starts.
 * Without Xen, and in dom0, nothing is done. Boot phase.
 */
#ifndef PVHEFI_LOADER_DOMAIN_H
#define PVHEFI_LOADER_DOMAIN_H

#include "loader/start_info.h"

/* After guest_memory_init(). A domain that lacks something boots without what needs it. */
void domain_open(const struct boot_info *info);

/* As xenstore had it at boot, "" when it did not tell. */
const char *domain_name(void);

/* ExitBootServices, before terminal_close(). Allocates nothing. */
void domain_close(void);

#endif
