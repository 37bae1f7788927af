/*
 * Hardware interrupts: the timer's, on the stack of whatever runs. Boot phase.
 */
#ifndef PVHEFI_LOADER_X86_INTERRUPT_H
#define PVHEFI_LOADER_X86_INTERRUPT_H

#include <stdbool.h>
#include <stdint.h>

/* Entry code for the IDT (loader/x86/interrupt_entry.S). */
extern const char interrupt_timer_entry[];
extern const char interrupt_spurious_entry[];

/* Called by the entry code with the interrupted instruction's address; interrupts are off. */
void interrupt_timer(uint64_t rip);

static inline bool interrupts_enabled(void)
{
    uint64_t flags;

    __asm__ volatile("pushf; pop %0" : "=r"(flags));
    return flags & (1u << 9);
}

static inline void interrupts_enable(void)
{
    __asm__ volatile("sti" : : : "memory");
}

static inline void interrupts_disable(void)
{
    __asm__ volatile("cli" : : : "memory");
}

/* Sleeps until an interrupt; none can slip in between enabling and sleeping. */
static inline void interrupts_enable_and_halt(void)
{
    __asm__ volatile("sti; hlt" : : : "memory");
}

#endif
