/*
 * What drives timer events: an interrupt when the next one is due, so that a client which spins
 * without calling a service still sees it fire. Boot phase.
 */
#ifndef PVHEFI_SHIM_EVENT_TIMER_H
#define PVHEFI_SHIM_EVENT_TIMER_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The set of timers has changed: ask for an interrupt when the next one is due. The first one
 * switches interrupts on.
 */
void timer_update(void);

/* Have interrupts been switched on? Only then does TPL_HIGH_LEVEL mean to switch them off. */
bool timer_is_running(void);

/*
 * Lets the CPU sleep until the next timer event is due, something was typed, or `limit_ns` are
 * over; perhaps for less. For waits below TPL_HIGH_LEVEL.
 */
void timer_idle(uint64_t limit_ns);

/* Waits at any TPL; halts where interrupts are on. Timer events fire meanwhile. */
void timer_wait_ns(uint64_t ns);

/* The OS takes over: no interrupt will come, interrupts are off. */
void timer_stop(void);

#endif
