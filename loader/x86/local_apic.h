/*
 * The local APIC's timer (Intel SDM volume 3, chapter 11). Chosen over Xen's own timer because it
 * is there with and without Xen, needs no event channel, no shared page and no callback vector, and
 * leaves nothing behind that the OS would have to know of. Boot phase.
 */
#ifndef PVHEFI_LOADER_X86_LOCAL_APIC_H
#define PVHEFI_LOADER_X86_LOCAL_APIC_H

#include <stdint.h>

/* Vectors in the firmware's IDT. */
#define LOCAL_APIC_TIMER_VECTOR    0x20
#define LOCAL_APIC_SPURIOUS_VECTOR 0xff

/* Enables it and measures its timer against the TSC, which takes a tenth of a millisecond. */
void local_apic_init(void);

/* One interrupt, about `ns` nanoseconds from now; replaces the one that was asked for before. */
void local_apic_arm(uint64_t ns);

void local_apic_end_of_interrupt(void);

/* No further interrupt; the registers are as they were before local_apic_init(). Interrupts are
 * off. */
void local_apic_close(void);

#endif
