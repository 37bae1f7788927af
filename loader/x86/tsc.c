#include "loader/x86/tsc.h"

#include "hypercall/detect.h"
#include "loader/x86/cpu.h"

#define NS_PER_S 1000000000ull

#define CPUID_TSC_RATIO 0x15u

#define PIT_HZ           1193182u
#define PIT_CHANNEL_2    0x42
#define PIT_COMMAND      0x43
#define PIT_CH2_ONE_SHOT 0xb0 /* channel 2, low then high byte, mode 0, binary */
#define GATE_PORT        0x61
#define GATE_ENABLE      0x01
#define GATE_SPEAKER     0x02
#define GATE_OUTPUT      0x20
#define PIT_TICKS        (PIT_HZ / 100)
/* A machine without a PIT never raises the output bit: give up and take any clock over none. */
#define PIT_POLLS_MAX 10000000u
#define FALLBACK_HZ   NS_PER_S

static struct tsc_clock boot_clock;

/* ns = ticks * 10^9 / hz, brought to multiplier and shift such that the multiplier has 32 bits. */
static void clock_set_frequency(struct tsc_clock *clock, uint64_t hz)
{
    uint64_t divisor = hz;
    int8_t shift = 0;

    while (divisor > NS_PER_S * 2) {
        divisor >>= 1;
        shift--;
    }
    while (divisor <= NS_PER_S) {
        divisor <<= 1;
        shift++;
    }
    clock->multiplier = (uint32_t)((NS_PER_S << 32) / divisor);
    clock->shift = shift;
}

static uint64_t frequency_from_cpuid(void)
{
    struct cpuid ratio;

    if (cpuid(0, 0).eax < CPUID_TSC_RATIO)
        return 0;
    ratio = cpuid(CPUID_TSC_RATIO, 0);
    return ratio.eax ? (uint64_t)ratio.ecx * ratio.ebx / ratio.eax : 0;
}

/* Counts TSC ticks while the PIT's second channel counts down a hundredth of a second. */
static uint64_t frequency_from_pit(void)
{
    uint64_t start;

    outb(GATE_PORT, (uint8_t)((inb(GATE_PORT) & ~GATE_SPEAKER) | GATE_ENABLE));
    outb(PIT_COMMAND, PIT_CH2_ONE_SHOT);
    outb(PIT_CHANNEL_2, (uint8_t)PIT_TICKS);
    outb(PIT_CHANNEL_2, (uint8_t)(PIT_TICKS >> 8));
    start = rdtsc();
    for (unsigned int polls = 0; !(inb(GATE_PORT) & GATE_OUTPUT); polls++) {
        if (polls == PIT_POLLS_MAX)
            return FALLBACK_HZ;
    }
    return (rdtsc() - start) * (PIT_HZ / PIT_TICKS);
}

void tsc_init(void)
{
    struct xen_tsc_facts facts = xen_tsc_facts();
    uint64_t hz;

    boot_clock.tsc_base = rdtsc();
    if (facts.multiplier) {
        boot_clock.multiplier = facts.multiplier;
        boot_clock.shift = facts.shift;
        return;
    }
    hz = frequency_from_cpuid();
    clock_set_frequency(&boot_clock, hz ? hz : frequency_from_pit());
}

uint64_t tsc_now_ns(void)
{
    return tsc_clock_ns(&boot_clock, rdtsc());
}

void tsc_wait_ns(uint64_t ns)
{
    uint64_t start = tsc_now_ns();

    while (tsc_now_ns() - start < ns)
        cpu_relax();
}

const struct tsc_clock *tsc_clock(void)
{
    return &boot_clock;
}
