#include "loader/x86/descriptor_tables.h"

#include <stdint.h>

#include "loader/x86/exception.h"
#include "loader/x86/interrupt.h"
#include "loader/x86/local_apic.h"

#define CODE64_SELECTOR 0x08
#define TSS_SELECTOR    0x18
#define EXCEPTION_IST   1

#define TYPE_INTERRUPT_GATE 0x8e
#define TYPE_AVAILABLE_TSS  0x89

struct tss {
    uint32_t reserved0;
    uint64_t rsp[3];
    uint64_t reserved1;
    uint64_t ist[7];
    uint64_t reserved2;
    uint16_t reserved3;
    uint16_t io_map_base;
} __attribute__((packed));
_Static_assert(sizeof(struct tss) == 104, "Intel SDM volume 3, figure 8-11");

struct gate {
    uint16_t offset_low;
    uint16_t selector;
    uint8_t ist;
    uint8_t type;
    uint16_t offset_middle;
    uint32_t offset_high;
    uint32_t reserved;
};
_Static_assert(sizeof(struct gate) == 16, "Intel SDM volume 3, figure 6-8");

struct table_register {
    uint16_t limit;
    uint64_t base;
} __attribute__((packed));

static uint64_t gdt[] = {
    0,
    0x00af9b000000ffff, /* 64-bit code */
    0x00cf93000000ffff, /* data */
    0,                  /* TSS, filled in at start */
    0,
};
static struct tss tss = {.io_map_base = sizeof(struct tss)};
static struct gate idt[256];
static uint8_t exception_stack[16 * 1024] __attribute__((aligned(16)));

static void gdt_set_tss(void)
{
    uint64_t base = (uintptr_t)&tss;

    gdt[TSS_SELECTOR / 8] = (sizeof(tss) - 1) | (base & 0xffffff) << 16 |
                            (uint64_t)TYPE_AVAILABLE_TSS << 40 | (base >> 24 & 0xff) << 56;
    gdt[TSS_SELECTOR / 8 + 1] = base >> 32;
}

/* `stack`: an entry of the TSS, 0 for the stack that is in use. */
static void idt_set_gate(unsigned int vector, uint64_t handler, uint8_t stack)
{
    idt[vector] = (struct gate){
        .offset_low = (uint16_t)handler,
        .selector = CODE64_SELECTOR,
        .ist = stack,
        .type = TYPE_INTERRUPT_GATE,
        .offset_middle = (uint16_t)(handler >> 16),
        .offset_high = (uint32_t)(handler >> 32),
    };
}

void descriptor_tables_init(void)
{
    struct table_register gdtr = {.limit = sizeof(gdt) - 1, .base = (uintptr_t)gdt};
    struct table_register idtr = {.limit = sizeof(idt) - 1, .base = (uintptr_t)idt};

    tss.ist[EXCEPTION_IST - 1] = (uintptr_t)exception_stack + sizeof(exception_stack);
    gdt_set_tss();
    for (unsigned int vector = 0; vector < EXCEPTION_COUNT; vector++)
        idt_set_gate(vector, exception_entry(vector), EXCEPTION_IST);
    idt_set_gate(LOCAL_APIC_TIMER_VECTOR, (uintptr_t)interrupt_timer_entry, 0);
    idt_set_gate(LOCAL_APIC_SPURIOUS_VECTOR, (uintptr_t)interrupt_spurious_entry, 0);

    __asm__ volatile("lgdt %0" : : "m"(gdtr));
    __asm__ volatile("ltr %w0" : : "r"(TSS_SELECTOR));
    __asm__ volatile("lidt %0" : : "m"(idtr));
}
