/*
 * A directory that is too long for one message, put together from parts (XS_DIRECTORY_PART, Xen's
 * docs/misc/xenstore.txt). Pure; boot phase.
 */
#ifndef PVHEFI_HYPERCALL_XENSTORE_LISTING_H
#define PVHEFI_HYPERCALL_XENSTORE_LISTING_H

#include <stdbool.h>
#include <stddef.h>

/* Room for the number that changes whenever the directory does, as text. */
#define XENSTORE_GENERATION_BYTES 24

struct xenstore_listing {
    char *names; /* each with its NUL, as in the parts */
    size_t capacity;
    size_t bytes; /* so far: also where the next part begins */
    bool complete;
    char generation[XENSTORE_GENERATION_BYTES]; /* of the first part */
};

/*
 * Adds a finished reply's payload. -XEN_EAGAIN: the directory has changed since the first part, all
 * begins anew; -XEN_E2BIG: no room for the names; -XEN_EIO: the part makes no sense, or no names
 * are in it although it is not the last one.
 */
int xenstore_listing_add(struct xenstore_listing *listing, const char *payload, size_t bytes);

#endif
