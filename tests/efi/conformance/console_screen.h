/*
 * ConOut as tests use it. What they print would mix with the lines of the results, so that these
 * are written only after the cursor was brought to a new line.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_CONSOLE_SCREEN_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_CONSOLE_SCREEN_H

#include <efi.h>

struct place {
    INT32 column;
    INT32 row;
};

SIMPLE_TEXT_OUTPUT_INTERFACE *screen(void);

struct place screen_place(void);

/* Prints `text` at a place; where the cursor is then. Leaves it on a new line. */
struct place screen_print_at(INT32 column, INT32 row, const CHAR16 *text);

void screen_new_line(void);

#endif
