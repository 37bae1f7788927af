/*
 * Stands in for shim/event/timer.c in host tests: no interrupts, waits only move the clock
 * (fake_tsc.h).
 */
#ifndef PVHEFI_TESTS_UNIT_FAKE_TIMER_H
#define PVHEFI_TESTS_UNIT_FAKE_TIMER_H

#include <stdint.h>

struct fake_timer {
    unsigned int updates; /* timer_update() */
    unsigned int idles;   /* timer_idle(), each of which lasts a millisecond at most */
    uint64_t idle_limit_ns;
    uint64_t waited_ns; /* the last timer_wait_ns() */
};

extern struct fake_timer fake_timer;

#endif
