#include "loader/x86/fpu.h"

#include <stdint.h>

#include "loader/x86/cpu.h"

/* All exceptions masked; x87 with extended precision. */
#define X87_CONTROL 0x037f
#define SSE_CONTROL 0x1f80

void fpu_init(void)
{
    uint16_t x87_control = X87_CONTROL;
    uint32_t sse_control = SSE_CONTROL;

    write_cr0((read_cr0() & ~CR0_EM) | CR0_MP);
    write_cr4(read_cr4() | CR4_OSFXSR | CR4_OSXMMEXCPT);
    __asm__ volatile("fninit; fldcw %0; ldmxcsr %1" : : "m"(x87_control), "m"(sse_control));
}
