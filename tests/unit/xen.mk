# Tests of what talks to Xen and through it to the host. fake_hypercall.c is the Xen, fake_xenstored.c
# the other end of xenstore's ring; POOL_UNIT_SOURCES is in shim.mk.

EVTCHN_UNIT_SOURCES = $(POOL_UNIT_SOURCES) tests/unit/fake_hypercall.c tests/unit/fake_tsc.c \
	$(addprefix hypercall/,evtchn.c memory.c sched.c shared_info.c system_time.c)
XENSTORE_UNIT_SOURCES = $(EVTCHN_UNIT_SOURCES) $(wildcard hypercall/xenstore*.c) hypercall/hvm.c \
	loader/lib/format.c $(addprefix tests/unit/,fake_tree.c fake_xenstored.c)

UNIT_console = $(EVTCHN_UNIT_SOURCES) $(addprefix hypercall/,console.c console_ring.c hvm.c)
UNIT_console_ring := hypercall/console_ring.c
UNIT_evtchn = $(EVTCHN_UNIT_SOURCES)
UNIT_grant_table = $(EVTCHN_UNIT_SOURCES) hypercall/grant_table.c
UNIT_wall_clock = $(EVTCHN_UNIT_SOURCES) hypercall/hvm.c hypercall/wall_clock.c
UNIT_xenbus = $(XENSTORE_UNIT_SOURCES) hypercall/xenbus.c
UNIT_xenstore = $(XENSTORE_UNIT_SOURCES)
UNIT_xenstore_listing := hypercall/xenstore_listing.c
UNIT_xenstore_message := hypercall/xenstore_message.c
UNIT_xenstore_ring := hypercall/xenstore_ring.c
UNIT_xenstore_transaction = $(XENSTORE_UNIT_SOURCES)
UNIT_xenstore_value := hypercall/xenstore_value.c
UNIT_xenstore_watch = $(XENSTORE_UNIT_SOURCES)
