/*
 * Time as QEMU's "-icount" makes it: it passes with each instruction of the machine, so that a time
 * stamp counter counts them.
 */
#ifndef PVHEFI_TESTS_EFI_BENCHMARK_INSTRUCTIONS_H
#define PVHEFI_TESTS_EFI_BENCHMARK_INSTRUCTIONS_H

#include <stdbool.h>

#include <efi.h>

/* Finds out how far the counter goes with one instruction; false when there is no constant ratio.
 */
bool instructions_init(void);

UINT64 instructions_now(void);

#endif
