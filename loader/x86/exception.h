/*
 * CPU exceptions: none is expected, each is reported on the console and ends the guest.
 */
#ifndef PVHEFI_LOADER_X86_EXCEPTION_H
#define PVHEFI_LOADER_X86_EXCEPTION_H

#include <stdint.h>

#define EXCEPTION_COUNT 32u

/* As the entry code leaves it on the stack (loader/x86/exception_entry.S), UEFI names aside. */
struct exception_frame {
    uint64_t r15, r14, r13, r12, r11, r10, r9, r8;
    uint64_t rdi, rsi, rbp, rdx, rcx, rbx, rax;
    uint64_t vector;
    uint64_t error_code; /* 0 where the CPU pushes none */
    uint64_t rip, cs, rflags, rsp, ss;
};

/* Address of the entry code for `vector` (< EXCEPTION_COUNT). */
uint64_t exception_entry(unsigned int vector);

/* Called by the entry code: prints everything, then stops the guest with the crash reason. */
_Noreturn void exception_report(const struct exception_frame *frame);

#endif
