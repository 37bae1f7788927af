/*
 * Events and their groups (UEFI 2.10 section 7.1). Boot phase.
 */
#ifndef PVHEFI_SHIM_EVENT_EVENT_H
#define PVHEFI_SHIM_EVENT_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <efi.h>

#include "loader/lib/list.h"

extern const EFI_GUID event_group_exit_boot_services;
extern const EFI_GUID event_group_before_exit_boot_services;
extern const EFI_GUID event_group_virtual_address_change;
extern const EFI_GUID event_group_memory_map_change;
extern const EFI_GUID event_group_ready_to_boot;

/* CreateEvent and CreateEventEx: `group` may be NULL. EFI_INVALID_PARAMETER, EFI_OUT_OF_RESOURCES.
 */
EFI_STATUS event_create(uint32_t type, EFI_TPL level, EFI_EVENT_NOTIFY function,
                        const void *context, const EFI_GUID *group, EFI_EVENT *ret_event);

EFI_STATUS event_close(EFI_EVENT event);

bool event_is_valid(EFI_EVENT event);

/* What RegisterProtocolNotify keeps for a valid event: shim/protocol/protocol_notify.c. */
struct list *event_registrations(EFI_EVENT event);

/* SignalEvent, for the whole group that the event belongs to. EFI_INVALID_PARAMETER. */
EFI_STATUS event_signal(EFI_EVENT event);

void event_signal_group(const EFI_GUID *group);

/* CheckEvent: EFI_SUCCESS (and no longer signalled), EFI_NOT_READY, EFI_INVALID_PARAMETER. */
EFI_STATUS event_check(EFI_EVENT event);

/* SetTimer; `trigger` in 100 ns, 0 means at once or every tick. EFI_INVALID_PARAMETER. */
EFI_STATUS event_set_timer(EFI_EVENT event, EFI_TIMER_DELAY how, uint64_t trigger);

/* When the next timer is due, in tsc_now_ns() time; UINT64_MAX when none is set. */
uint64_t event_next_timer_ns(void);

/* Signals the events whose time has come. */
void event_run_timers(void);

#endif
