/*
 * The machine under the runtime image in host tests: what shim/runtime/x86/ and hypercall/x86/ do
 * in the real one is recorded here.
 */
#ifndef PVHEFI_TESTS_UNIT_RUNTIME_FAKE_H
#define PVHEFI_TESTS_UNIT_RUNTIME_FAKE_H

#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>

#include <efi.h>

#include "shim/runtime/interface.h"

/* CPUID, where Xen counts how often the domain was restored. */
#define RUNTIME_FAKE_LEAF 0x40000003u

struct runtime_fake {
    int mask_depth; /* 0: interrupts are on */
    unsigned int hypercalls;
    unsigned int operation;
    uint64_t command;
    unsigned int shutdown_reason;
    unsigned int port_writes;
    struct runtime_port_write port_write;
    uint32_t incarnation;
    jmp_buf stopped; /* privileged_stop() goes there */
};

extern struct runtime_fake runtime_fake;

/* A started image: zeroed state, a store of `store_bytes`, a system table, a clock that stands at
 * `wall_ns`. */
void runtime_fake_start(uint32_t store_bytes, uint64_t wall_ns);
void runtime_fake_stop(void);

/* What the start gave to the boot part. */
extern struct runtime_exports runtime_fake_exports;
extern EFI_SYSTEM_TABLE runtime_fake_system_table;

/* `text` as CHAR16, in one of a few buffers that are used in turn. */
CHAR16 *runtime_fake_name(const char *text);

#endif
