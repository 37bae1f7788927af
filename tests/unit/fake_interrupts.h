/*
 * Stands in for loader/x86/interrupt.h, whose instructions a host program may not use, and for
 * loader/x86/local_apic.c: a CPU that is interrupted when fake_tsc.h's clock says so. To be
 * included before anything else, by the compiler's -include.
 */
#ifndef PVHEFI_TESTS_UNIT_FAKE_INTERRUPTS_H
#define PVHEFI_TESTS_UNIT_FAKE_INTERRUPTS_H
#define PVHEFI_LOADER_X86_INTERRUPT_H

#include <stdbool.h>
#include <stdint.h>

struct fake_interrupts {
    bool enabled;
    bool apic_is_open;
    unsigned int opened; /* local_apic_init() */
    unsigned int halts;
    unsigned int ended; /* local_apic_end_of_interrupt() */
    uint64_t due_ns;    /* when the next one comes; UINT64_MAX: none was asked for */
    uint64_t rip;       /* what it interrupts */
};

extern struct fake_interrupts fake_interrupts;

void interrupt_timer(uint64_t rip);
bool interrupts_enabled(void);
void interrupts_enable(void);
void interrupts_disable(void);
void interrupts_enable_and_halt(void);

/* Time passes for a program that calls no service; each interrupt comes when it is due. */
void fake_interrupts_pass(uint64_t ns);

/* Time passes while the whole machine stands still: what is due comes late, at the end. */
void fake_interrupts_pass_at_once(uint64_t ns);

#endif
