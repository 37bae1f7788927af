#include "tests/unit/runtime_fake.h"

#include <stdlib.h>
#include <string.h>

#include <xen/sched.h>
#include <xen/xen.h>

#include "hypercall/hypercall.h"
#include "shim/runtime/start.h"
#include "shim/runtime/state.h"
#include "shim/runtime/x86/privileged.h"

#define NAME_BUFFERS 4
#define NAME_LETTERS 64

struct runtime_fake runtime_fake;
struct runtime_exports runtime_fake_exports;
EFI_SYSTEM_TABLE runtime_fake_system_table;

uint8_t hypercall_instruction;
const struct runtime_header runtime_header = {.magic = RUNTIME_MAGIC, .image_bytes = 4096};

static void *store;

uint64_t privileged_mask_interrupts(void)
{
    return (uint64_t)runtime_fake.mask_depth++;
}

void privileged_restore_interrupts(uint64_t flags)
{
    runtime_fake.mask_depth = (int)flags;
}

uint32_t privileged_cpuid_edx(uint32_t leaf)
{
    return leaf == RUNTIME_FAKE_LEAF ? runtime_fake.incarnation : 0;
}

void privileged_write_port(const struct runtime_port_write *write)
{
    runtime_fake.port_writes++;
    runtime_fake.port_write = *write;
}

_Noreturn void privileged_stop(void)
{
    longjmp(runtime_fake.stopped, 1);
}

long hypercall(unsigned int operation, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4,
               uint64_t a5)
{
    (void)a3;
    (void)a4;
    (void)a5;
    runtime_fake.hypercalls++;
    runtime_fake.operation = operation;
    runtime_fake.command = a1;
    if (operation == __HYPERVISOR_sched_op && a1 == SCHEDOP_shutdown)
        runtime_fake.shutdown_reason = ((const struct sched_shutdown *)(uintptr_t)a2)->reason;
    return 0;
}

/* The multiplier makes any number of ticks less than a nanosecond: time stands still. */
static struct tsc_clock stopped_clock(uint64_t wall_ns)
{
    return (struct tsc_clock){.ns_base = wall_ns, .multiplier = 1, .shift = -63};
}

static struct runtime_followers followers;

void runtime_fake_start(uint32_t store_bytes, uint64_t wall_ns)
{
    struct runtime_parameters parameters = {
        .platform = RUNTIME_PLATFORM_XEN,
        .wall_clock = stopped_clock(wall_ns),
        .incarnation = {.leaf = RUNTIME_FAKE_LEAF},
        .system_table = &runtime_fake_system_table,
        .variable_store_bytes = store_bytes,
    };

    runtime_fake_stop();
    store = calloc(1, store_bytes);
    parameters.variable_store = store;
    parameters.followers = &followers;
    runtime_fake_system_table.Hdr.HeaderSize = sizeof(EFI_SYSTEM_TABLE);
    runtime_start(&parameters, &runtime_fake_exports);
}

void runtime_fake_stop(void)
{
    free(store);
    store = NULL;
    memset(&runtime_fake, 0, sizeof(runtime_fake));
    memset(&runtime_state, 0, sizeof(runtime_state));
    memset(&runtime_fake_exports, 0, sizeof(runtime_fake_exports));
    memset(&runtime_fake_system_table, 0, sizeof(runtime_fake_system_table));
}

CHAR16 *runtime_fake_name(const char *text)
{
    static CHAR16 buffers[NAME_BUFFERS][NAME_LETTERS];
    static unsigned int turn;
    CHAR16 *name = buffers[turn++ % NAME_BUFFERS];
    size_t i;

    for (i = 0; i < NAME_LETTERS - 1 && text[i] != '\0'; i++)
        name[i] = (CHAR16)text[i];
    name[i] = 0;
    return name;
}
