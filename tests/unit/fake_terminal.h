/*
 * Stands in for loader/terminal.c in host tests: keeps what was written.
 */
#ifndef PVHEFI_TESTS_UNIT_FAKE_TERMINAL_H
#define PVHEFI_TESTS_UNIT_FAKE_TERMINAL_H

/* Everything since the last call, which is forgotten then. */
const char *fake_terminal_take(void);

/* How often something was written. */
unsigned int fake_terminal_writes(void);

#endif
