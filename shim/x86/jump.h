/*
 * Leaving an image by Exit(): back into the StartImage that called it, whatever the stack holds.
 */
#ifndef PVHEFI_SHIM_X86_JUMP_H
#define PVHEFI_SHIM_X86_JUMP_H

#include <stdint.h>

/* Callee-saved state of the System V ABI. */
struct jump_place {
    uint64_t rbx, rbp, r12, r13, r14, r15, rsp, rip;
    uint32_t mxcsr;
    uint32_t x87_control;
};

/* Returns 0, and 1 when jump_back() comes here. The caller's function must still be running then.
 */
int jump_save(struct jump_place *ret_place) __attribute__((returns_twice));

_Noreturn void jump_back(const struct jump_place *place);

#endif
