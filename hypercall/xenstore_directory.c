#include "hypercall/xenstore.h"

#include <xen/errno.h>

#include "hypercall/xenstore_exchange.h"
#include "hypercall/xenstore_listing.h"
#include "hypercall/xenstore_value.h"
#include "loader/lib/format.h"
#include "loader/lib/string.h"

/* Somebody writes to the directory all the time: the caller is not to wait for ever. */
#define ATTEMPTS_MAX 10u

static int read_part(struct xenstore_request request, struct xenstore_listing *listing)
{
    char offset[XENSTORE_NUMBER_BYTES];
    const struct xenstore_message *reply;
    int result;

    request.data = offset;
    request.bytes = format_string(offset, sizeof(offset), "%zu", listing->bytes) + 1;
    result = xenstore_exchange(&request, &reply);
    return result ? result : xenstore_listing_add(listing, reply->payload, reply->header.len);
}

static int read_parts(uint32_t transaction, const char *dir, const char *node, char *ret_names,
                      size_t capacity, size_t *ret_bytes)
{
    struct xenstore_request request = {XS_DIRECTORY_PART, transaction, dir, node, NULL, 0};
    int result = -XEN_EAGAIN;

    for (unsigned int i = 0; i < ATTEMPTS_MAX && result == -XEN_EAGAIN; i++) {
        struct xenstore_listing listing = {.names = ret_names, .capacity = capacity};

        do
            result = read_part(request, &listing);
        while (!result && !listing.complete);
        *ret_bytes = listing.bytes;
    }
    return result;
}

int xenstore_directory(uint32_t transaction, const char *dir, const char *node, char *ret_names,
                       size_t capacity, size_t *ret_bytes)
{
    struct xenstore_request request = {XS_DIRECTORY, transaction, dir, node, NULL, 0};
    const struct xenstore_message *reply;
    int result = xenstore_exchange(&request, &reply);

    /* Not ours: one message cannot hold them. */
    if (result == -XEN_E2BIG)
        return read_parts(transaction, dir, node, ret_names, capacity, ret_bytes);
    if (result)
        return result;
    if (reply->header.len > capacity)
        return -XEN_E2BIG;
    memcpy(ret_names, reply->payload, reply->header.len);
    *ret_bytes = reply->header.len;
    return 0;
}
