/*
 * Stands in for the reading half of loader/terminal.c in host tests: bytes that somebody types.
 */
#ifndef PVHEFI_TESTS_UNIT_FAKE_TYPING_H
#define PVHEFI_TESTS_UNIT_FAKE_TYPING_H

#include <stddef.h>

/* They lie ready until they are read. */
void fake_typing_type(const char *text);
void fake_typing_type_bytes(const char *bytes, size_t count);

/* Typed and not read yet. */
size_t fake_typing_left(void);

/* The next `reads` reads find as many bytes as they ask for: a backend gone mad. */
void fake_typing_flood(unsigned int reads);
unsigned int fake_typing_flood_left(void);

#endif
