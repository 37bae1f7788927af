#include "shim/runtime/x86/privileged.h"

#include "loader/x86/cpu.h"

uint64_t privileged_mask_interrupts(void)
{
    uint64_t flags;

    __asm__ volatile("pushfq; cli; popq %0" : "=r"(flags) : : "memory");
    return flags;
}

void privileged_restore_interrupts(uint64_t flags)
{
    __asm__ volatile("pushq %0; popfq" : : "r"(flags) : "memory", "cc");
}

uint32_t privileged_cpuid_edx(uint32_t leaf)
{
    return cpuid(leaf, 0).edx;
}

void privileged_write_port(const struct runtime_port_write *write)
{
    switch (write->width) {
    case 1:
        __asm__ volatile("outb %b0, %1" : : "a"(write->value), "Nd"(write->port));
        break;
    case 2:
        __asm__ volatile("outw %w0, %1" : : "a"(write->value), "Nd"(write->port));
        break;
    case 4:
        __asm__ volatile("outl %0, %1" : : "a"(write->value), "Nd"(write->port));
        break;
    default:
        break;
    }
}

_Noreturn void privileged_stop(void)
{
    cpu_halt_forever();
}
