/*
 * A console of 80 by 25 characters on the fake terminal.
 */
#ifndef PVHEFI_TESTS_UNIT_TEXT_OUTPUT_FIXTURE_H
#define PVHEFI_TESTS_UNIT_TEXT_OUTPUT_FIXTURE_H

#include <efi.h>

#define COLUMNS 80
#define ROWS    25

extern EFI_HANDLE console;
extern EFI_SIMPLE_TEXT_OUT_PROTOCOL *out;

/* A test's setup. */
int text_output_fixture_start(void **state);

/* That is what the terminal has got since it was last asked. */
void assert_sent(const char *expected);

void assert_cursor(INT32 column, INT32 row);

/* Moves the cursor; what that sends is not looked at. */
void go_to(UINTN column, UINTN row);

#endif
