/*
 * The first PC serial port, the console of machines without Xen. Boot phase.
 */
#ifndef PVHEFI_LOADER_X86_SERIAL_H
#define PVHEFI_LOADER_X86_SERIAL_H

#include <stdbool.h>
#include <stddef.h>

/* 115200 baud, 8N1. False when no UART answers. */
bool serial_open(void);

/* Waits for the UART, but not for ever. */
void serial_write(const char *text, size_t bytes);

size_t serial_read(char *ret_text, size_t bytes);

#endif
