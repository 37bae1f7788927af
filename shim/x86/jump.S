    .text
    .globl  jump_save
    .type   jump_save, @function
jump_save:
    pop     %rdx                    /* return address */
    mov     %rbx, 0(%rdi)
    mov     %rbp, 8(%rdi)
    mov     %r12, 16(%rdi)
    mov     %r13, 24(%rdi)
    mov     %r14, 32(%rdi)
    mov     %r15, 40(%rdi)
    mov     %rsp, 48(%rdi)
    mov     %rdx, 56(%rdi)
    stmxcsr 64(%rdi)
    fnstcw  68(%rdi)
    xor     %eax, %eax
    jmp     *%rdx
    .size   jump_save, . - jump_save

    .globl  jump_back
    .type   jump_back, @function
jump_back:
    mov     0(%rdi), %rbx
    mov     8(%rdi), %rbp
    mov     16(%rdi), %r12
    mov     24(%rdi), %r13
    mov     32(%rdi), %r14
    mov     40(%rdi), %r15
    mov     48(%rdi), %rsp
    ldmxcsr 64(%rdi)
    fldcw   68(%rdi)
    mov     $1, %eax
    jmp     *56(%rdi)
    .size   jump_back, . - jump_back

    .section .note.GNU-stack, "", @progbits
