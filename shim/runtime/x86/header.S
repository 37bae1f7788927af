/*
 * struct runtime_header (shim/runtime/interface.h), the first bytes of the image. Every field is a
 * difference of two addresses in the image, so none needs relocation.
 */
    .section .header, "a", @progbits
    .globl  runtime_header
    .hidden runtime_header
    .type   runtime_header, @object
runtime_header:
    .quad   0x6d69747265687670
    .long   runtime_text_end - runtime_header
    .long   runtime_file_end - runtime_header
    .long   runtime_image_end - runtime_header
    .long   runtime_start - runtime_header
    .size   runtime_header, . - runtime_header

    .section .note.GNU-stack, "", @progbits
