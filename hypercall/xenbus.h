/*
 * PV devices in xenstore (xen/include/public/io/xenbus.h): a front end's directory here,
 * device/<type>/<name>, and a back end's in another domain, each with a state that the other side
 * watches. Boot phase; errors as in hypercall/xenstore.h.
 */
#ifndef PVHEFI_HYPERCALL_XENBUS_H
#define PVHEFI_HYPERCALL_XENBUS_H

#include <stddef.h>
#include <stdint.h>

#include <xen/io/xenbus.h>
#include <xen/xen.h>

#include "hypercall/xenstore_watch.h"

/* "device/vbd/51712", "/local/domain/0/backend/vbd/1/51712". */
#define XENBUS_FRONTEND_BYTES 64
#define XENBUS_BACKEND_BYTES  128

/* A set of states. XenbusStateUnknown stands for a back end that is gone. */
#define XENBUS_STATE(state) (1u << XenbusState##state)

struct xenbus_device {
    char frontend[XENBUS_FRONTEND_BYTES]; /* `dir` for what is read and written on this side */
    char backend[XENBUS_BACKEND_BYTES];   /* the other side's */
    domid_t backend_domid;
    struct xenstore_watch watch; /* of the back end's state */
};

/*
 * Finds the back end of device/<type>/<name> and watches its state. `device` stays where it is
 * until xenbus_close(). -XEN_E2BIG for a path that is too long, -XEN_EINVAL for a domain that is
 * none.
 */
int xenbus_open(struct xenbus_device *device, const char *type, const char *name);

/* No longer watched; nothing else is changed. Also for one that could not be opened. */
void xenbus_close(struct xenbus_device *device);

/* XenbusStateUnknown when it is gone, or no state at all. */
enum xenbus_state xenbus_backend_state(const struct xenbus_device *device);

int xenbus_set_state(const struct xenbus_device *device, uint32_t transaction,
                     enum xenbus_state state);

/*
 * Waits until the back end's state is one of `states` (XENBUS_STATE() | ...). 0 and which one;
 * -XEN_ETIMEDOUT after `timeout_ns`; -XEN_ENODEV when it is gone, unless that is what is waited
 * for.
 */
int xenbus_wait(struct xenbus_device *device, unsigned int states, uint64_t timeout_ns,
                enum xenbus_state *ret_state);

/*
 * Reads a decimal number. -XEN_EINVAL when it is none, -XEN_ERANGE when it is more than `max`,
 * -XEN_ENOENT when it is not there.
 */
int xenbus_read_number(const char *dir, const char *node, uint64_t max, uint64_t *ret_number);

/* What a back end may leave out: `absent` then. Errors as above, but for -XEN_ENOENT. */
int xenbus_read_optional(const char *dir, const char *node, uint64_t max, uint64_t absent,
                         uint64_t *ret_number);

int xenbus_write_number(uint32_t transaction, const char *dir, const char *node, uint64_t number);

/*
 * Two steps in which a front end that was used is made as new for the OS. After the first the back
 * end has let go of ring and grants: end these and close the event channel, then take the second,
 * which removes `nodes` (ring references, event channels; a list that ends with NULL) and brings
 * the back end to where it waits for a front end. Each waits at most `timeout_ns` for a step of the
 * back end. -XEN_ETIMEDOUT, or another error: the OS finds a device that may not work.
 */
int xenbus_disconnect(struct xenbus_device *device, uint64_t timeout_ns);
int xenbus_renew(struct xenbus_device *device, const char *const *nodes, uint64_t timeout_ns);

#endif
