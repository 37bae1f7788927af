/*
 * Xen's own time for programs under test, by a hypercall of theirs: independent of the firmware and
 * of its idea of the TSC. And Xen's debug console, which still works after ExitBootServices.
 */
#ifndef PVHEFI_TESTS_EFI_XEN_CLOCK_H
#define PVHEFI_TESTS_EFI_XEN_CLOCK_H

#include <efi.h>

#include <xen/vcpu.h>
#include <xen/xen.h>

static inline long xen_hypercall(UINT64 operation, UINT64 a1, UINT64 a2, void *a3)
{
    UINT32 vendor;
    UINT32 rest[3];
    long result;

    __asm__("cpuid" : "=b"(vendor), "=a"(rest[0]), "=c"(rest[1]), "=d"(rest[2]) : "a"(0), "c"(0));
    if (vendor == 0x68747541) /* "Auth", of AuthenticAMD */
        __asm__ volatile("vmmcall"
                         : "=a"(result), "+D"(a1), "+S"(a2), "+d"(a3)
                         : "a"(operation)
                         : "memory", "rcx", "r8", "r9", "r10", "r11");
    else
        __asm__ volatile("vmcall"
                         : "=a"(result), "+D"(a1), "+S"(a2), "+d"(a3)
                         : "a"(operation)
                         : "memory", "rcx", "r8", "r9", "r10", "r11");
    return result;
}

/* Nanoseconds since the vCPU was made, by Xen's count of what it did with them; 0: no Xen. */
static inline UINT64 xen_clock_ns(void)
{
    struct vcpu_runstate_info info;
    UINT64 ns = 0;

    if (xen_hypercall(__HYPERVISOR_vcpu_op, VCPUOP_get_runstate_info, 0, &info) != 0)
        return 0;
    for (UINTN i = 0; i < sizeof(info.time) / sizeof(info.time[0]); i++)
        ns += info.time[i];
    return ns;
}

static inline void xen_debug_print(const char *text)
{
    for (; *text; text++)
        __asm__ volatile("outb %b0, %w1" : : "a"(*text), "Nd"(0xe9));
}

#endif
