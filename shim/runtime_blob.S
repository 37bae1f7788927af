/* The runtime image as the Makefile linked it (RUNTIME_BLOB); shim/runtime_image.c copies it. */
    .section .rodata.runtime_blob, "a", @progbits
    .balign 16
    .globl  runtime_blob
runtime_blob:
    .incbin RUNTIME_BLOB
    .globl  runtime_blob_end
runtime_blob_end:

    .section .note.GNU-stack, "", @progbits
