#include "loader/x86/exception.h"

#include <stdbool.h>

#include "loader/lib/log.h"
#include "loader/machine.h"
#include "loader/x86/cpu.h"
#include "loader/x86/layout.h"
#include "shim/image/image.h"

#define STUB_BYTES 16

extern const char exception_stubs[];

static const char *const names[EXCEPTION_COUNT] = {
    [0] = "divide error",
    [1] = "debug",
    [2] = "NMI",
    [3] = "breakpoint",
    [4] = "overflow",
    [5] = "bound range",
    [6] = "invalid opcode",
    [7] = "device not available",
    [8] = "double fault",
    [10] = "invalid TSS",
    [11] = "segment not present",
    [12] = "stack fault",
    [13] = "general protection",
    [14] = "page fault",
    [16] = "x87 error",
    [17] = "alignment check",
    [18] = "machine check",
    [19] = "SIMD error",
    [20] = "virtualization",
    [21] = "control protection",
};

uint64_t exception_entry(unsigned int vector)
{
    return (uintptr_t)exception_stubs + (uint64_t)vector * STUB_BYTES;
}

static void report_place(uint64_t rip)
{
    const struct image *image = image_find(rip);

    if (rip >= (uintptr_t)firmware_start && rip < (uintptr_t)firmware_text_end)
        log_err("exception: in the firmware, pvhefi+%#lx", rip - (uintptr_t)firmware_start);
    else if (image)
        log_err("exception: in the EFI image at %#lx, offset %#lx", image_base(image),
                rip - image_base(image));
    else
        log_err("exception: in no loaded image");
}

static void report_registers(const struct exception_frame *f)
{
    log_err("rip %016lx cs %04lx rflags %08lx rsp %016lx ss %04lx", f->rip, f->cs, f->rflags,
            f->rsp, f->ss);
    log_err("rax %016lx rbx %016lx rcx %016lx rdx %016lx", f->rax, f->rbx, f->rcx, f->rdx);
    log_err("rsi %016lx rdi %016lx rbp %016lx r8  %016lx", f->rsi, f->rdi, f->rbp, f->r8);
    log_err("r9  %016lx r10 %016lx r11 %016lx r12 %016lx", f->r9, f->r10, f->r11, f->r12);
    log_err("r13 %016lx r14 %016lx r15 %016lx cr2 %016lx", f->r13, f->r14, f->r15, read_cr2());
}

void exception_report(const struct exception_frame *frame)
{
    static bool reporting;
    const char *name = frame->vector < EXCEPTION_COUNT ? names[frame->vector] : NULL;

    /* A fault in the report itself: what could be said was said. */
    if (reporting)
        machine_crash();
    reporting = true;
    log_err("exception: %s (vector %lu, error code %#lx)", name ? name : "reserved", frame->vector,
            frame->error_code);
    report_place(frame->rip);
    report_registers(frame);
    machine_crash();
}
