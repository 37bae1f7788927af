/*
 * Where the linker put the firmware (loader/x86/pvhefi.lds). Addresses only; nothing is stored
 * there.
 */
#ifndef PVHEFI_LOADER_X86_LAYOUT_H
#define PVHEFI_LOADER_X86_LAYOUT_H

extern const char firmware_start[];      /* text from here on: read, execute */
extern const char firmware_text_end[];   /* constants: read */
extern const char firmware_rodata_end[]; /* data, bss: read, write */
extern const char firmware_end[];
extern const char stack_guard[]; /* one page, never mapped */

#endif
