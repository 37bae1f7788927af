# Tests of what talks to Xen and through it to the host. fake_hypercall.c is the Xen; POOL_UNIT_SOURCES
# is in shim.mk.

EVTCHN_UNIT_SOURCES := tests/unit/fake_hypercall.c tests/unit/fake_tsc.c \
	$(addprefix hypercall/,evtchn.c memory.c sched.c shared_info.c system_time.c)

UNIT_console = $(POOL_UNIT_SOURCES) $(EVTCHN_UNIT_SOURCES) \
	$(addprefix hypercall/,console.c console_ring.c hvm.c)
UNIT_console_ring := hypercall/console_ring.c
UNIT_xenstore_message := hypercall/xenstore_message.c
UNIT_xenstore_ring := hypercall/xenstore_ring.c
UNIT_xenstore_value := hypercall/xenstore_value.c
