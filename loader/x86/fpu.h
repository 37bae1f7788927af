/*
 * The floating-point environment that UEFI promises to images (UEFI 2.10 section 2.3.4).
 */
#ifndef PVHEFI_LOADER_X86_FPU_H
#define PVHEFI_LOADER_X86_FPU_H

void fpu_init(void);

#endif
