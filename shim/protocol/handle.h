/*
 * The handle database: handles, the protocols on them, who has them open (UEFI 2.10 section 7.3).
 * Every EFI_HANDLE that a client passes is looked up in it before it is used. Boot phase, up to
 * TPL_NOTIFY.
 */
#ifndef PVHEFI_SHIM_PROTOCOL_HANDLE_H
#define PVHEFI_SHIM_PROTOCOL_HANDLE_H

#include <stdint.h>

#include <efi.h>

#include "loader/lib/list.h"
#include "shim/protocol/guid_index.h"

struct handle {
    struct list link;          /* in handle_list() */
    struct list protocols;     /* in the order of their installation */
    struct guid_entry by_path; /* shim/device_path/device_path_index.h */
    uint64_t number;           /* grows with every new handle */
    unsigned int holds;        /* stays without protocols as long as it is not 0 */
};

struct protocol {
    struct list link;                /* in handle->protocols */
    struct guid_entry by_handle;     /* its number is the handle's */
    struct guid_entry by_installing; /* its number grows with every installation */
    struct handle *handle;
    void *interface;
    struct list uses;                 /* struct protocol_use, oldest first */
    const struct protocol_use *owner; /* the use that keeps others out; may be NULL */
    unsigned int lasting_uses;        /* all but mere lookups */
};

/* All handles, oldest first. */
struct list *handle_list(void);

/* NULL when `handle` is none. */
struct handle *handle_find(EFI_HANDLE handle);

struct protocol *handle_find_protocol(struct handle *handle, const EFI_GUID *guid);

/* The instances of a protocol, that of the oldest handle first. NULL when there is none (more). */
struct protocol *handle_first_with(const EFI_GUID *guid);
struct protocol *handle_next_with(const struct protocol *protocol);

/* The instance that was installed first after that with this number, reinstallation included. */
struct protocol *handle_find_installed_after(const EFI_GUID *guid, uint64_t number);

/*
 * Between the two the handle stays where it is, even when its last protocol goes. NULL when
 * `handle` is none; that may be released, too.
 */
struct handle *handle_hold(EFI_HANDLE handle);
void handle_release(struct handle *handle);

/*
 * InstallProtocolInterface: *handle NULL makes a new handle. EFI_INVALID_PARAMETER for a bad handle
 * or a protocol that is there already, EFI_OUT_OF_RESOURCES.
 */
EFI_STATUS handle_install(EFI_HANDLE *handle, const EFI_GUID *guid, void *interface);

/*
 * UninstallProtocolInterface: the handle goes with its last protocol. EFI_INVALID_PARAMETER,
 * EFI_NOT_FOUND, EFI_ACCESS_DENIED when somebody does not give it up.
 */
EFI_STATUS handle_uninstall(EFI_HANDLE handle, const EFI_GUID *guid, void *interface);

/* ReinstallProtocolInterface, same errors. */
EFI_STATUS handle_reinstall(EFI_HANDLE handle, const EFI_GUID *guid, void *old_interface,
                            void *new_interface);

/* The interface of `guid` on `handle`, NULL when there is none; not recorded as a use. */
void *handle_get_interface(EFI_HANDLE handle, const EFI_GUID *guid);

#endif
