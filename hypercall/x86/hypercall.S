/*
 * long hypercall(op, a1, a2, a3, a4, a5)
 *
 * Xen wants op in eax and the arguments in rdi, rsi, rdx, r10, r8. Debug builds of Xen overwrite the
 * argument registers, so none is relied upon afterwards; all but r12–r15, rbx and rbp are the
 * caller's to lose anyway. No hypercall page: it is optional and hostile to CET.
 */
    .text
    .globl  hypercall
    .hidden hypercall
    .type   hypercall, @function
hypercall:
    mov     %edi, %eax
    mov     %rsi, %rdi
    mov     %rdx, %rsi
    mov     %rcx, %rdx
    mov     %r8, %r10
    mov     %r9, %r8
    cmpb    $0, hypercall_instruction(%rip)
    jne     1f
    vmcall
    ret
1:  vmmcall
    ret
    .size   hypercall, . - hypercall

    .data
    .globl  hypercall_instruction
    .hidden hypercall_instruction
    .type   hypercall_instruction, @object
hypercall_instruction:
    .byte   0
    .size   hypercall_instruction, 1

    .section .note.GNU-stack, "", @progbits
