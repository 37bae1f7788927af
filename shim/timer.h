/*
 * What drives timer events: an interrupt when the next one is due, so that a client which spins
 * without calling a service still sees it fire. Boot phase.
 */
#ifndef PVHEFI_SHIM_TIMER_H
#define PVHEFI_SHIM_TIMER_H

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
 * Halts the CPU until the next timer event is due or input may have come. For waits at
 * TPL_APPLICATION; interrupts are on afterwards.
 */
void timer_idle(void);

/* Waits at any TPL; halts where interrupts are on. Timer events fire meanwhile. */
void timer_wait_ns(uint64_t ns);

/* The OS takes over: no interrupt will come, interrupts are off. */
void timer_stop(void);

#endif
