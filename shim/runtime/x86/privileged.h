/*
 * What only ring 0 may do, as functions: host tests link others in their place. Boot and runtime
 * phase.
 */
#ifndef PVHEFI_SHIM_RUNTIME_X86_PRIVILEGED_H
#define PVHEFI_SHIM_RUNTIME_X86_PRIVILEGED_H

#include <stdint.h>

#include "shim/runtime/interface.h"

/*
 * Interrupts are masked by the flag, never by CR8: QEMU 7.2 aborts on a guest that writes it.
 * Returns the flags that privileged_restore_interrupts() puts back, so sections nest.
 */
uint64_t privileged_mask_interrupts(void);
void privileged_restore_interrupts(uint64_t flags);

/* Privileged only in that another CPU's answer is of no use in a host test. */
uint32_t privileged_cpuid_edx(uint32_t leaf);

/* Nothing happens for width 0. */
void privileged_write_port(const struct runtime_port_write *write);

_Noreturn void privileged_stop(void);

#endif
