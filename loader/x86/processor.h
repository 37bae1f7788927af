/*
 * What the CPU says of itself (CPUID). Boot phase.
 */
#ifndef PVHEFI_LOADER_X86_PROCESSOR_H
#define PVHEFI_LOADER_X86_PROCESSOR_H

#include <stdint.h>

struct processor {
    char vendor[13];    /* "GenuineIntel" */
    char name[49];      /* without blanks around it; "" when the CPU has none */
    uint32_t signature; /* leaf 1, EAX */
    uint32_t features;  /* EDX */
};

struct processor processor_identify(void);

#endif
