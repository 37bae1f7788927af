/*
 * One 16-byte stub a vector: pushes an error code where the CPU does not, then the vector.
 */
    .text
    .balign 16
    .globl  exception_stubs
exception_stubs:
    .set    vector, 0
    .rept   32
    .balign 16
    /* #DF, #TS, #NP, #SS, #GP, #PF, #AC, #CP, #VC, #SX come with an error code. */
    .if     !((vector == 8) || ((vector >= 10) && (vector <= 14)) || (vector == 17) || \
              (vector == 21) || (vector == 29) || (vector == 30))
    push    $0
    .endif
    push    $vector
    jmp     exception_common
    .set    vector, vector + 1
    .endr

exception_common:
    push    %rax
    push    %rbx
    push    %rcx
    push    %rdx
    push    %rbp
    push    %rsi
    push    %rdi
    push    %r8
    push    %r9
    push    %r10
    push    %r11
    push    %r12
    push    %r13
    push    %r14
    push    %r15
    cld
    mov     %rsp, %rdi
    call    exception_report

    .section .note.GNU-stack, "", @progbits
