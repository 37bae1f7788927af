/*
 * An interrupt may come in the middle of a client's code and run a client's notification: all
 * registers that a function may use are kept, the vector and x87 ones too.
 */
#define FXSAVE_BYTES 512
#define RIP_OFFSET   (10 * 8)   /* above what is pushed here */

    .text
    .balign 16
    .globl  interrupt_timer_entry
    .type   interrupt_timer_entry, @function
interrupt_timer_entry:
    push    %rbp
    push    %rax
    push    %rcx
    push    %rdx
    push    %rsi
    push    %rdi
    push    %r8
    push    %r9
    push    %r10
    push    %r11
    mov     RIP_OFFSET(%rsp), %rdi
    mov     %rsp, %rbp
    sub     $FXSAVE_BYTES, %rsp
    and     $-16, %rsp
    fxsave64 (%rsp)
    cld
    call    interrupt_timer
    fxrstor64 (%rsp)
    mov     %rbp, %rsp
    pop     %r11
    pop     %r10
    pop     %r9
    pop     %r8
    pop     %rdi
    pop     %rsi
    pop     %rdx
    pop     %rcx
    pop     %rax
    pop     %rbp
    iretq
    .size   interrupt_timer_entry, . - interrupt_timer_entry

/* Not acknowledged (Intel SDM volume 3, section 11.9). */
    .globl  interrupt_spurious_entry
    .type   interrupt_spurious_entry, @function
interrupt_spurious_entry:
    iretq
    .size   interrupt_spurious_entry, . - interrupt_spurious_entry

    .section .note.GNU-stack, "", @progbits
