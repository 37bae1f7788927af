/*
 * Keeps the records of shim/runtime/followers.h: which drivers and notifications must follow when
 * the OS moves the firmware. Boot phase.
 */
#ifndef PVHEFI_SHIM_RUNTIME_FOLLOWERS_BOOT_H
#define PVHEFI_SHIM_RUNTIME_FOLLOWERS_BOOT_H

#include <efi.h>

#include "loader/pe.h"
#include "shim/runtime/followers.h"

/* Where the lists begin; before any of the other calls. */
void runtime_followers_init(struct runtime_followers *followers);

/* A runtime driver was laid out at `base`. EFI_OUT_OF_RESOURCES, EFI_LOAD_ERROR. */
EFI_STATUS runtime_followers_add_driver(uint64_t base, const struct pe_image *pe);

/* Nothing happens when there is none at `base`. */
void runtime_followers_remove_driver(uint64_t base);

/* EFI_OUT_OF_RESOURCES. */
EFI_STATUS runtime_followers_add_notification(EFI_EVENT event, EFI_TPL level,
                                              EFI_EVENT_NOTIFY function, void *context);

/* Nothing happens when there is none for `event`. */
void runtime_followers_remove_notification(EFI_EVENT event);

#endif
