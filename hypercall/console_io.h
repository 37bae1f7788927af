/*
 * Xen's own console (CONSOLEIO_*, xen/include/public/xen.h): `xl dmesg` shows what guests write
 * there when Xen runs with guest_loglvl=all; for dom0 it is the real console. Boot phase.
 */
#ifndef PVHEFI_HYPERCALL_CONSOLE_IO_H
#define PVHEFI_HYPERCALL_CONSOLE_IO_H

#include <stddef.h>

/* Best effort: a Xen that refuses drops the text. */
void console_io_write(const char *text, size_t bytes);

/* Returns the number of bytes read, 0 when there are none or Xen refuses (every domain but dom0).
 */
size_t console_io_read(char *ret_text, size_t bytes);

#endif
