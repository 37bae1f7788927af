#include "hypercall/console_ring.h"

#include "loader/x86/cpu.h"

static XENCONS_RING_IDX index_read(const XENCONS_RING_IDX *index)
{
    return *(const volatile XENCONS_RING_IDX *)index;
}

static void index_write(XENCONS_RING_IDX *index, XENCONS_RING_IDX value)
{
    *(volatile XENCONS_RING_IDX *)index = value;
}

size_t console_ring_put(struct xencons_interface *ring, const char *text, size_t bytes)
{
    XENCONS_RING_IDX producer = index_read(&ring->out_prod);
    XENCONS_RING_IDX used = producer - index_read(&ring->out_cons);
    size_t count = 0;

    if (used > sizeof(ring->out))
        return 0;
    memory_barrier();
    while (count < bytes && used + count < sizeof(ring->out)) {
        ring->out[MASK_XENCONS_IDX(producer, ring->out)] = text[count];
        producer++;
        count++;
    }
    memory_barrier();
    index_write(&ring->out_prod, producer);
    return count;
}

size_t console_ring_get(struct xencons_interface *ring, char *ret_text, size_t bytes)
{
    XENCONS_RING_IDX consumer = index_read(&ring->in_cons);
    XENCONS_RING_IDX available = index_read(&ring->in_prod) - consumer;
    size_t count = 0;

    if (available > sizeof(ring->in))
        return 0;
    memory_barrier();
    while (count < bytes && count < available) {
        ret_text[count] = ring->in[MASK_XENCONS_IDX(consumer, ring->in)];
        consumer++;
        count++;
    }
    memory_barrier();
    index_write(&ring->in_cons, consumer);
    return count;
}
