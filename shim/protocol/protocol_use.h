/*
 * Records of who uses which protocol, without the rules on who may (UEFI 2.10 section 7.3.9). Boot
 * phase, up to TPL_NOTIFY.
 */
#ifndef PVHEFI_SHIM_PROTOCOL_PROTOCOL_USE_H
#define PVHEFI_SHIM_PROTOCOL_PROTOCOL_USE_H

#include <stdint.h>

#include <efi.h>

#include "shim/protocol/handle.h"

/* Who uses it for whom, and how: EFI_OPEN_PROTOCOL_*. */
struct protocol_user {
    EFI_HANDLE agent;
    EFI_HANDLE controller;
    uint32_t attributes;
};

struct protocol_use {
    struct list link;      /* in protocol->uses */
    struct tree_node node; /* of all uses, by agent and protocol */
    struct protocol *protocol;
    struct protocol_user user;
    uint32_t count; /* how often it was opened so */
};

/* One more use, or the same once more. EFI_OUT_OF_RESOURCES. */
EFI_STATUS protocol_use_add(struct protocol *protocol, struct protocol_user user);

/* NULL when there is none. */
const struct protocol_use *protocol_use_find(const struct protocol *protocol,
                                             struct protocol_user user);

/* Ends all uses by this agent for this controller, whatever their attributes. EFI_NOT_FOUND. */
EFI_STATUS protocol_use_end(struct protocol *protocol, EFI_HANDLE agent, EFI_HANDLE controller);

/* Ends all uses by an agent that is no more: an image that is unloaded (7.4.3, 7.4.5). */
void protocol_use_end_all_by(EFI_HANDLE agent);

/*
 * Mere lookups end with the protocol; everybody else must let go first: EFI_ACCESS_DENIED, and
 * nothing has changed.
 */
EFI_STATUS protocol_use_end_lookups(struct protocol *protocol);

#endif
