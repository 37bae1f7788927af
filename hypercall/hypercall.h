/*
 * The hypercall instruction: xen/include/public/arch-x86/xen-x86_64.h, register convention of an
 * HVM/PVH guest. Raw operation numbers do not leave hypercall/ and shim/runtime/.
 */
#ifndef PVHEFI_HYPERCALL_HYPERCALL_H
#define PVHEFI_HYPERCALL_HYPERCALL_H

#include <stdint.h>

/* Which instruction traps into Xen; the CPU's vendor decides, once (hypercall/detect.h). */
enum hypercall_instruction {
    HYPERCALL_VMCALL = 0,  /* Intel, Centaur, Zhaoxin */
    HYPERCALL_VMMCALL = 1, /* AMD, Hygon */
};

/* Read by hypercall(); each image that makes hypercalls has its own. */
extern uint8_t hypercall_instruction;

/*
 * Unused arguments are 0. Returns what Xen returned: a result or a negative Xen errno. Must not be
 * called where no Xen was found. Boot and runtime phase.
 */
long hypercall(unsigned int operation, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4,
               uint64_t a5);

#endif
