/*
 * Random numbers from the CPU: RDSEED, else RDRAND. A CPU without both has no entropy to give, and
 * that is what callers are told. Boot phase.
 */
#ifndef PVHEFI_LOADER_X86_ENTROPY_H
#define PVHEFI_LOADER_X86_ENTROPY_H

#include <stdbool.h>
#include <stddef.h>

bool entropy_available(void);

/* False, with nothing promised about the buffer, when the CPU has or delivers no random numbers. */
bool entropy_get(void *ret_bytes, size_t bytes);

/* The same of RDSEED alone: the entropy source itself, not a generator that it feeds. */
bool entropy_raw_available(void);
bool entropy_get_raw(void *ret_bytes, size_t bytes);

#endif
