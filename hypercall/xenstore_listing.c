#include "hypercall/xenstore_listing.h"

#include <xen/errno.h>

#include "loader/lib/string.h"

static int check_generation(struct xenstore_listing *listing, const char *generation)
{
    size_t bytes = strlen(generation) + 1;

    if (bytes > sizeof(listing->generation))
        return -XEN_EIO;
    if (listing->bytes == 0)
        memcpy(listing->generation, generation, bytes);
    return strcmp(listing->generation, generation) == 0 ? 0 : -XEN_EAGAIN;
}

/* The last part has an empty name behind the others. */
static bool ends_with_empty_name(const char *names, size_t bytes)
{
    return bytes > 0 && names[bytes - 1] == '\0' && (bytes == 1 || names[bytes - 2] == '\0');
}

static int add_names(struct xenstore_listing *listing, const char *names, size_t bytes)
{
    listing->complete = ends_with_empty_name(names, bytes);
    bytes -= listing->complete;
    if (!listing->complete && (bytes == 0 || names[bytes - 1] != '\0'))
        return -XEN_EIO;
    if (bytes > listing->capacity - listing->bytes)
        return -XEN_E2BIG;
    if (bytes > 0)
        memcpy(listing->names + listing->bytes, names, bytes);
    listing->bytes += bytes;
    return 0;
}

int xenstore_listing_add(struct xenstore_listing *listing, const char *payload, size_t bytes)
{
    size_t generation_bytes = strnlen(payload, bytes) + 1;
    int result;

    if (generation_bytes > bytes)
        return -XEN_EIO;
    result = check_generation(listing, payload);
    return result ? result
                  : add_names(listing, payload + generation_bytes, bytes - generation_bytes);
}
