#include "hypercall/console.h"

#include "hypercall/console_ring.h"
#include "hypercall/evtchn.h"
#include "hypercall/hvm.h"
#include "hypercall/sched.h"
#include "hypercall/shared_info.h"
#include "loader/x86/tsc.h"

#define FULL_RING_WAIT_NS 100000000ull
#define PAGE_SHIFT        12

static struct xencons_interface *ring;
static evtchn_port_t port;
/* Nobody reads: do not wait again for every line. */
static bool stalled;

bool console_open(void)
{
    uint64_t gfn;
    uint64_t channel;

    if (hvm_get_param(HVM_PARAM_CONSOLE_PFN, &gfn) ||
        hvm_get_param(HVM_PARAM_CONSOLE_EVTCHN, &channel))
        return false;
    /* Xen answers 0 where nothing was set; a ring above 4 GiB is not mapped this early. */
    if (!gfn || gfn >> (32 - PAGE_SHIFT) || !channel)
        return false;
    ring = (struct xencons_interface *)(uintptr_t)(gfn << PAGE_SHIFT);
    port = (evtchn_port_t)channel;
    return true;
}

static size_t put_and_notify(const char *text, size_t bytes)
{
    size_t count = console_ring_put(ring, text, bytes);

    if (count)
        evtchn_send(port);
    return count;
}

void console_write(const char *text, size_t bytes)
{
    uint64_t deadline = tsc_now_ns() + FULL_RING_WAIT_NS;

    while (bytes) {
        size_t count = put_and_notify(text, bytes);

        text += count;
        bytes -= count;
        if (count) {
            stalled = false;
            deadline = tsc_now_ns() + FULL_RING_WAIT_NS;
        } else if (stalled || tsc_now_ns() > deadline) {
            stalled = true;
            return;
        } else {
            sched_yield();
        }
    }
}

size_t console_read(char *ret_text, size_t bytes)
{
    size_t count = console_ring_get(ring, ret_text, bytes);

    if (count)
        evtchn_send(port);
    return count;
}

bool console_wait(uint64_t deadline_ns)
{
    if (!shared_info())
        return false;
    evtchn_wait(port, deadline_ns);
    evtchn_clear(port);
    return true;
}
