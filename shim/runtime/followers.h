/*
 * Clients' code that stays after ExitBootServices and has to follow when SetVirtualAddressMap moves
 * it: runtime drivers and their notifications (UEFI 2.10 section 8.4.1). The boot part makes the
 * records (shim/runtime_followers.c), in EfiRuntimeServicesData; the runtime image reads them once.
 */
#ifndef PVHEFI_SHIM_RUNTIME_FOLLOWERS_H
#define PVHEFI_SHIM_RUNTIME_FOLLOWERS_H

#include <stdint.h>

#include <efi.h>

#include "loader/pe.h"

/* What stood there when the image was loaded: what the driver has changed since is its own affair.
 */
struct runtime_fixup {
    uint64_t value;
    struct pe_fixup place;
};

struct runtime_driver {
    struct runtime_driver *next;
    uint64_t base;
    uint64_t bytes;
    uint32_t fixup_count;
    struct runtime_fixup fixup[];
};

struct runtime_notification {
    struct runtime_notification *next; /* highest level first, in the order of creation */
    EFI_EVENT event;
    EFI_TPL level;
    EFI_EVENT_NOTIFY function;
    void *context;
};

struct runtime_followers {
    struct runtime_driver *drivers;
    struct runtime_notification *notifications;
};

/* Calls every notification. */
void followers_notify(const struct runtime_followers *followers);

/* Adds `delta` to the driver's addresses that it has not changed itself. */
void follower_relocate(const struct runtime_driver *driver, uint64_t delta);

#endif
