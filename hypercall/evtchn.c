#include "hypercall/evtchn.h"

#include "hypercall/hypercall.h"

int evtchn_send(evtchn_port_t port)
{
    struct evtchn_send request = {.port = port};

    return (int)hypercall(__HYPERVISOR_event_channel_op, EVTCHNOP_send, (uintptr_t)&request, 0, 0,
                          0);
}
