/*
 * Stands in for loader/x86/tsc.c in host tests: a clock that only goes on when it is told to.
 */
#ifndef PVHEFI_TESTS_UNIT_FAKE_TSC_H
#define PVHEFI_TESTS_UNIT_FAKE_TSC_H

#include <stdint.h>

struct fake_tsc {
    uint64_t now_ns;
    uint64_t step_ns; /* each look at the clock takes that long */
};

extern struct fake_tsc fake_tsc;

#endif
