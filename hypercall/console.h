/*
 * The guest's first PV console (hvc0): ring and event channel as the domain builder made them. Boot
 * phase.
 */
#ifndef PVHEFI_HYPERCALL_CONSOLE_H
#define PVHEFI_HYPERCALL_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Finds the ring by HVM_PARAM_CONSOLE_*. False when this domain has none (dom0). */
bool console_open(void);

/*
 * Writes everything, or as much as the backend takes: when it does not read for a tenth of a
 * second, the rest is dropped, and so is all later output until there is room again.
 */
void console_write(const char *text, size_t bytes);

/* Returns the number of bytes read, 0 when there are none. */
size_t console_read(char *ret_text, size_t bytes);

/*
 * Sleeps until something more was typed than when it returned before, or until tsc_now_ns() is
 * `deadline_ns`; perhaps for less. Read afterwards: what was typed earlier ends no second wait.
 * False at once while shared_info is not mapped: Xen would not let the CPU sleep.
 */
bool console_wait(uint64_t deadline_ns);

#endif
