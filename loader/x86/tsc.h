/*
 * Time since the firmware started, from the TSC. Boot phase.
 */
#ifndef PVHEFI_LOADER_X86_TSC_H
#define PVHEFI_LOADER_X86_TSC_H

#include <stdint.h>

#include "loader/x86/tsc_clock.h"

/*
 * Learns the TSC's frequency: from Xen's CPUID leaf; else from CPUID leaf 0x15; else measured
 * against the PIT, which every PC-like machine without Xen has.
 */
void tsc_init(void);

/* Nanoseconds since tsc_init(); never goes back. */
uint64_t tsc_now_ns(void);

/* Busy wait. */
void tsc_wait_ns(uint64_t ns);

const struct tsc_clock *tsc_clock(void);

#endif
