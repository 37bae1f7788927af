#include "loader/x86/local_apic.h"

#include <stdbool.h>

#include "loader/x86/cpu.h"
#include "loader/x86/tsc.h"

#define MSR_APIC_BASE        0x1bu
#define APIC_BASE_X2APIC     (1u << 10)
#define APIC_BASE_ADDRESS    0x000ffffffffff000ull
#define MSR_X2APIC_REGISTERS 0x800u

#define REGISTER_EOI           0x0b0u
#define REGISTER_SPURIOUS      0x0f0u
#define REGISTER_LVT_TIMER     0x320u
#define REGISTER_INITIAL_COUNT 0x380u
#define REGISTER_CURRENT_COUNT 0x390u
#define REGISTER_DIVIDE        0x3e0u

#define SPURIOUS_ENABLE (1u << 8)
#define LVT_MASKED      (1u << 16)
#define DIVIDE_BY_1     0x0bu

#define COUNT_MAX      UINT32_MAX
#define CALIBRATION_NS 100000u

/* The PC's older interrupt controller, which sends its timer to the vectors of exceptions. */
#define PIC_1_MASK 0x21
#define PIC_2_MASK 0xa1
#define PIC_ALL    0xff

static bool x2apic;
static uint64_t base;
/* Timer ticks in a nanosecond, times 2^32. */
static uint64_t ticks_per_ns;
static uint32_t old_spurious;
static uint32_t old_lvt_timer;
static uint32_t old_divide;
static uint8_t old_pic_mask[2];

static uint32_t register_read(uint32_t offset)
{
    if (x2apic)
        return (uint32_t)rdmsr(MSR_X2APIC_REGISTERS + offset / 16);
    return *(const volatile uint32_t *)(uintptr_t)(base + offset);
}

static void register_write(uint32_t offset, uint32_t value)
{
    if (x2apic)
        wrmsr(MSR_X2APIC_REGISTERS + offset / 16, value);
    else
        *(volatile uint32_t *)(uintptr_t)(base + offset) = value;
}

static void calibrate(void)
{
    uint64_t start = tsc_now_ns();
    uint64_t elapsed;
    uint32_t ticks;

    register_write(REGISTER_INITIAL_COUNT, COUNT_MAX);
    tsc_wait_ns(CALIBRATION_NS);
    ticks = COUNT_MAX - register_read(REGISTER_CURRENT_COUNT);
    elapsed = tsc_now_ns() - start;
    register_write(REGISTER_INITIAL_COUNT, 0);
    ticks_per_ns = ((uint64_t)ticks << 32) / (elapsed ? elapsed : 1);
}

void local_apic_init(void)
{
    uint64_t apic_base = rdmsr(MSR_APIC_BASE);

    x2apic = apic_base & APIC_BASE_X2APIC;
    base = apic_base & APIC_BASE_ADDRESS;
    old_pic_mask[0] = inb(PIC_1_MASK);
    old_pic_mask[1] = inb(PIC_2_MASK);
    outb(PIC_1_MASK, PIC_ALL);
    outb(PIC_2_MASK, PIC_ALL);
    old_spurious = register_read(REGISTER_SPURIOUS);
    old_lvt_timer = register_read(REGISTER_LVT_TIMER);
    old_divide = register_read(REGISTER_DIVIDE);
    register_write(REGISTER_SPURIOUS, SPURIOUS_ENABLE | LOCAL_APIC_SPURIOUS_VECTOR);
    register_write(REGISTER_DIVIDE, DIVIDE_BY_1);
    register_write(REGISTER_LVT_TIMER, LVT_MASKED | LOCAL_APIC_TIMER_VECTOR);
    calibrate();
    register_write(REGISTER_LVT_TIMER, LOCAL_APIC_TIMER_VECTOR);
}

void local_apic_arm(uint64_t ns)
{
    uint64_t ticks = (uint64_t)(((unsigned __int128)ns * ticks_per_ns) >> 32);

    /* 0 would stop the timer. What is too far away fires early, and is armed again then. */
    register_write(REGISTER_INITIAL_COUNT,
                   ticks > COUNT_MAX ? COUNT_MAX : (uint32_t)(ticks ? ticks : 1));
}

void local_apic_end_of_interrupt(void)
{
    register_write(REGISTER_EOI, 0);
}

void local_apic_close(void)
{
    register_write(REGISTER_INITIAL_COUNT, 0);
    /* One that is pending already is taken here, not by the OS. */
    __asm__ volatile("sti; nop; nop; cli" : : : "memory");
    register_write(REGISTER_LVT_TIMER, old_lvt_timer);
    register_write(REGISTER_DIVIDE, old_divide);
    register_write(REGISTER_SPURIOUS, old_spurious);
    outb(PIC_1_MASK, old_pic_mask[0]);
    outb(PIC_2_MASK, old_pic_mask[1]);
}
