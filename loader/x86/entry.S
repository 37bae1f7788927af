/*
 * From the PVH entry point to C.
 *
 * The domain builder finds pvh_entry through the ELF note (XEN_ELFNOTE_PHYS32_ENTRY) and enters it
 * in 32-bit protected mode with flat segments, paging off, interrupts off and ebx = physical address
 * of hvm_start_info (xen/docs/misc/pvh.pandoc). bss is zero.
 *
 * The page tables made here map just the 2 MiB that the firmware lies in; paging_init() makes the
 * real ones.
 */
#include <xen/elfnote.h>

#define CR0_PE     (1 << 0)
#define CR0_PG     (1 << 31)
#define CR4_PAE    (1 << 5)
#define MSR_EFER   0xc0000080
#define EFER_LME   (1 << 8)
#define PTE_TABLE  0x3   /* present, writable */
#define PTE_LARGE  0x83  /* and a large page */
#define CODE64     0x08
#define DATA64     0x10

    .section .note.Xen, "a", @note
    .balign 4
    .long   4                       /* name size */
    .long   4                       /* description size */
    .long   XEN_ELFNOTE_PHYS32_ENTRY
    .asciz  "Xen"
    .long   pvh_entry

    .section .text.entry, "ax", @progbits
    .code32
    .globl  pvh_entry
    .type   pvh_entry, @function
pvh_entry:
    cld
    rdtsc
    movl    %eax, stage_entry_tsc
    movl    %edx, stage_entry_tsc + 4
    movl    $entry_pdpt + PTE_TABLE, entry_pml4
    movl    $entry_pd + PTE_TABLE, entry_pdpt
    movl    $PTE_LARGE, entry_pd

    movl    %cr4, %eax
    orl     $CR4_PAE, %eax
    movl    %eax, %cr4
    movl    $entry_pml4, %eax
    movl    %eax, %cr3

    movl    $MSR_EFER, %ecx
    rdmsr
    orl     $EFER_LME, %eax
    wrmsr

    movl    %cr0, %eax
    orl     $(CR0_PG | CR0_PE), %eax
    movl    %eax, %cr0

    lgdt    entry_gdtr
    ljmp    $CODE64, $1f

    .code64
1:  movl    $DATA64, %eax
    movl    %eax, %ds
    movl    %eax, %es
    movl    %eax, %ss
    xorl    %eax, %eax
    movl    %eax, %fs
    movl    %eax, %gs
    movl    $stack_top, %esp
    movl    %ebx, %edi
    call    firmware_main
2:  cli
    hlt
    jmp     2b
    .size   pvh_entry, . - pvh_entry

    .section .rodata
    .balign 8
entry_gdt:
    .quad   0
    .quad   0x00af9a000000ffff      /* CODE64 */
    .quad   0x00cf92000000ffff      /* DATA64 */
entry_gdtr:
    .word   . - entry_gdt - 1
    .quad   entry_gdt

    .bss
    .balign 4096
entry_pml4:
    .skip   4096
entry_pdpt:
    .skip   4096
entry_pd:
    .skip   4096

/* UEFI 2.10 section 2.3.4 promises clients 128 KiB; the page below it is never mapped. */
    .section .bss.stack, "aw", @nobits
    .globl  stack_guard
stack_guard:
    .skip   4096
    .skip   128 * 1024
stack_top:

    .section .note.GNU-stack, "", @progbits
