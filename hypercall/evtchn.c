#include "hypercall/evtchn.h"

#include "hypercall/hypercall.h"
#include "hypercall/sched.h"
#include "hypercall/shared_info.h"
#include "hypercall/system_time.h"
#include "loader/x86/cpu.h"
#include "loader/x86/tsc.h"

/* Who waits for ever looks around now and then. */
#define SLEEP_NS_MAX   1000000000ull
#define PORTS_PER_WORD (8 * sizeof(xen_ulong_t))

static int operate(unsigned int operation, void *request)
{
    return (int)hypercall(__HYPERVISOR_event_channel_op, operation, (uintptr_t)request, 0, 0, 0);
}

int evtchn_send(evtchn_port_t port)
{
    struct evtchn_send request = {.port = port};

    return operate(EVTCHNOP_send, &request);
}

int evtchn_alloc_unbound(domid_t remote, evtchn_port_t *ret_port)
{
    struct evtchn_alloc_unbound request = {.dom = DOMID_SELF, .remote_dom = remote};
    int result = operate(EVTCHNOP_alloc_unbound, &request);

    if (!result)
        *ret_port = request.port;
    return result;
}

int evtchn_close(evtchn_port_t port)
{
    struct evtchn_close request = {.port = port};

    return operate(EVTCHNOP_close, &request);
}

void evtchn_clear(evtchn_port_t port)
{
    struct shared_info *info = shared_info();

    if (info && port < EVTCHN_2L_NR_CHANNELS)
        __atomic_fetch_and(&info->evtchn_pending[port / PORTS_PER_WORD],
                           ~((xen_ulong_t)1 << port % PORTS_PER_WORD), __ATOMIC_SEQ_CST);
}

/*
 * Polling needs neither an interrupt nor an unmasked port: Xen looks at the pending bits alone.
 * Without shared_info nobody could clear them, so that Xen would return at once; then the CPU is
 * given away for a moment only.
 */
void evtchn_wait(evtchn_port_t port, uint64_t deadline_ns)
{
    uint64_t now = tsc_now_ns();
    uint64_t ns = deadline_ns > now ? deadline_ns - now : 0;
    struct tsc_clock clock;

    if (ns > SLEEP_NS_MAX)
        ns = SLEEP_NS_MAX;
    if (ns && (system_time_read(&clock) || sched_poll(port, tsc_clock_ns(&clock, rdtsc()) + ns)))
        sched_yield();
}
