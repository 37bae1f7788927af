/*
 * The bytes that come from the terminal, for all that read them: the key queue, SerialIo and
 * DebugPort. Whoever asks first gets a byte; none is lost between them. Boot phase.
 */
#ifndef PVHEFI_SHIM_CONSOLE_TERMINAL_INPUT_H
#define PVHEFI_SHIM_CONSOLE_TERMINAL_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Is there a byte to read? */
bool terminal_input_is_ready(void);

/* The same, but waits for one until tsc_now_ns() is `deadline_ns`. Timer events fire meanwhile. */
bool terminal_input_wait(uint64_t deadline_ns);

/* Number of bytes read, 0 when there are none. */
size_t terminal_input_read(char *ret_bytes, size_t bytes);

#endif
