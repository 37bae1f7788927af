/*
 * Is there a Xen below, which one, and how is it called? CPUID leaves 0x40000x00 (xen/include/
 * public/arch-x86/cpuid.h). Boot phase.
 */
#ifndef PVHEFI_HYPERCALL_DETECT_H
#define PVHEFI_HYPERCALL_DETECT_H

#include <stdbool.h>
#include <stdint.h>

struct xen_tsc_facts {
    uint32_t leaf;        /* of CPUID, where Xen tells all this; 0: nowhere */
    uint32_t khz;         /* 0: not told */
    uint32_t mode;        /* XEN_CPUID_TSC_MODE_* */
    uint32_t flags;       /* XEN_CPUID_TSC_EMULATED, ... */
    uint32_t incarnation; /* changes when the domain is restored or migrated */
    uint32_t multiplier;  /* ticks to nanoseconds as in vcpu_time_info; 0: not told */
    int8_t shift;
};

/* Looks for Xen and chooses the hypercall instruction; before any hypercall. */
void xen_detect(void);

bool xen_detected(void);

/* Version from CPUID, 0 and 0 without Xen. */
uint16_t xen_version_major(void);
uint16_t xen_version_minor(void);

struct xen_tsc_facts xen_tsc_facts(void);

/* The domain's number; false when Xen does not tell it in CPUID (before 4.12). */
bool xen_domid(uint16_t *ret_domid);

#endif
