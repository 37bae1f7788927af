/*
 * A PVH kernel that carries the firmware, replaces the domain builder's start_info by the wrong one that
 * WRONG_START_INFO selects, and enters the firmware as the builder would.
 */
#include <xen/elfnote.h>

    .section .note.Xen, "a", @note
    .balign 4
    .long   4
    .long   4
    .long   XEN_ELFNOTE_PHYS32_ENTRY
    .asciz  "Xen"
    .long   start

    .section .firmware, "awx", @progbits
firmware_entry:
    .incbin FIRMWARE

    .section .stub, "awx", @progbits
    .code32
    .globl  start
start:
    movl    $wrong_start_info, %ebx
    movl    $firmware_entry, %eax
    jmp     *%eax

    .balign 8
wrong_start_info:
#if WRONG_START_INFO == 1       /* bad magic */
    .long   0x12345678, 1, 0, 0
    .quad   0, 0, 0, 0, 0
#elif WRONG_START_INFO == 2     /* more modules than anybody passes */
    .long   0x336ec578, 1, 0, 0x7fffffff
    .quad   wrong_start_info, 0, 0, 0, 0
#endif
