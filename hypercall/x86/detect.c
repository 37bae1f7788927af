#include "hypercall/detect.h"

#include <xen/arch-x86/cpuid.h>

#include "hypercall/hypercall.h"
#include "loader/x86/cpu.h"

#define CPUID_FEATURES            1u
#define CPUID_FEATURES_HYPERVISOR (1u << 31)

/* Xen offers its leaves at a higher base when it also offers Hyper-V's. */
#define LEAF_STEP  0x100u
#define LEAF_LIMIT 0x40010000u

#define TSC_LEAF 3u
#define HVM_LEAF 4u

static uint32_t xen_leaf;

static uint32_t leaf_find(void)
{
    if (!(cpuid(CPUID_FEATURES, 0).ecx & CPUID_FEATURES_HYPERVISOR))
        return 0;
    for (uint32_t leaf = XEN_CPUID_FIRST_LEAF; leaf < LEAF_LIMIT; leaf += LEAF_STEP) {
        struct cpuid r = cpuid(leaf, 0);

        if (r.ebx == XEN_CPUID_SIGNATURE_EBX && r.ecx == XEN_CPUID_SIGNATURE_ECX &&
            r.edx == XEN_CPUID_SIGNATURE_EDX && r.eax >= leaf + 2)
            return leaf;
    }
    return 0;
}

/* "AuthenticAMD" and "HygonGenuine" by their first words; everything else speaks Intel's VMX. */
static bool cpu_has_vmmcall(void)
{
    uint32_t vendor = cpuid(0, 0).ebx;

    return vendor == 0x68747541 || vendor == 0x6f677948;
}

void xen_detect(void)
{
    xen_leaf = leaf_find();
    hypercall_instruction = cpu_has_vmmcall() ? HYPERCALL_VMMCALL : HYPERCALL_VMCALL;
}

bool xen_detected(void)
{
    return xen_leaf;
}

uint16_t xen_version_major(void)
{
    return xen_leaf ? (uint16_t)(cpuid(xen_leaf + 1, 0).eax >> 16) : 0;
}

uint16_t xen_version_minor(void)
{
    return xen_leaf ? (uint16_t)cpuid(xen_leaf + 1, 0).eax : 0;
}

static bool has_leaf(uint32_t leaf)
{
    return xen_leaf && cpuid(xen_leaf, 0).eax >= xen_leaf + leaf;
}

struct xen_tsc_facts xen_tsc_facts(void)
{
    struct cpuid mode;
    struct cpuid scale;

    if (!has_leaf(TSC_LEAF))
        return (struct xen_tsc_facts){0};
    mode = cpuid(xen_leaf + TSC_LEAF, 0);
    scale = cpuid(xen_leaf + TSC_LEAF, 1);
    return (struct xen_tsc_facts){
        .leaf = xen_leaf + TSC_LEAF,
        .khz = mode.ecx,
        .mode = mode.ebx,
        .flags = mode.eax,
        .incarnation = mode.edx,
        .multiplier = scale.ecx,
        .shift = (int8_t)scale.edx,
    };
}

bool xen_domid(uint16_t *ret_domid)
{
    struct cpuid hvm;

    if (!has_leaf(HVM_LEAF))
        return false;
    hvm = cpuid(xen_leaf + HVM_LEAF, 0);
    if (!(hvm.eax & XEN_HVM_CPUID_DOMID_PRESENT))
        return false;
    *ret_domid = (uint16_t)hvm.ecx;
    return true;
}
