#include "hypercall/xenstore_ring.h"

#include <xen/errno.h>

#include "loader/x86/cpu.h"

static uint32_t field_read(const uint32_t *field)
{
    return *(const volatile uint32_t *)field;
}

static void index_write(XENSTORE_RING_IDX *index, XENSTORE_RING_IDX value)
{
    *(volatile XENSTORE_RING_IDX *)index = value;
}

/* 1: the ring may be used; 0: not now; -XEN_EIO: not any more. */
static int usable(const struct xenstore_domain_interface *ring)
{
    /* An older xenstored does not know the field and leaves anything there. */
    if ((field_read(&ring->server_features) & XENSTORE_SERVER_FEATURE_ERROR) &&
        field_read(&ring->error) != XENSTORE_ERROR_NONE)
        return -XEN_EIO;
    return field_read(&ring->connection) == XENSTORE_CONNECTED;
}

int xenstore_ring_put(struct xenstore_domain_interface *ring, const void *data, size_t bytes)
{
    const char *from = data;
    XENSTORE_RING_IDX producer = field_read(&ring->req_prod);
    XENSTORE_RING_IDX used = producer - field_read(&ring->req_cons);
    int state = usable(ring);
    size_t count = 0;

    if (state <= 0)
        return state;
    if (used > sizeof(ring->req))
        return -XEN_EIO;
    memory_barrier();
    while (count < bytes && used + count < sizeof(ring->req)) {
        ring->req[MASK_XENSTORE_IDX(producer)] = from[count];
        producer++;
        count++;
    }
    memory_barrier();
    index_write(&ring->req_prod, producer);
    return (int)count;
}

int xenstore_ring_get(struct xenstore_domain_interface *ring, void *ret_data, size_t bytes,
                      bool *ret_was_full)
{
    char *to = ret_data;
    XENSTORE_RING_IDX first = field_read(&ring->rsp_cons);
    XENSTORE_RING_IDX available = field_read(&ring->rsp_prod) - first;
    int state = usable(ring);
    size_t count = 0;

    if (state <= 0)
        return state;
    if (available > sizeof(ring->rsp))
        return -XEN_EIO;
    memory_barrier();
    while (count < bytes && count < available) {
        to[count] = ring->rsp[MASK_XENSTORE_IDX(first + count)];
        count++;
    }
    memory_barrier();
    index_write(&ring->rsp_cons, first + (XENSTORE_RING_IDX)count);
    memory_barrier();
    /* Looked at after the room was made: whoever filled the ring before that may be asleep. */
    *ret_was_full = count && field_read(&ring->rsp_prod) - first >= sizeof(ring->rsp);
    return (int)count;
}

bool xenstore_ring_is_idle(const struct xenstore_domain_interface *ring)
{
    return field_read(&ring->req_prod) == field_read(&ring->req_cons) &&
           field_read(&ring->rsp_prod) == field_read(&ring->rsp_cons);
}
