/*
 * Text between the toolstack's UTF-8 and EFI's UCS-2/UTF-16. Pure; every phase.
 */
#ifndef PVHEFI_LOADER_UTF16_H
#define PVHEFI_LOADER_UTF16_H

#include <stddef.h>

#include <efi.h>

/*
 * Converts `text` and terminates it; code points above U+FFFF become surrogate pairs, malformed
 * bytes U+FFFD. Writes at most `capacity` CHAR16 including the NUL and returns how many the whole
 * result needs, including the NUL.
 */
size_t utf16_from_utf8(const char *text, CHAR16 *ret_text, size_t capacity);

/* The reverse, for the console. Unpaired surrogates become U+FFFD. Same return rule in bytes. */
size_t utf8_from_utf16(const CHAR16 *text, char *ret_text, size_t capacity);

/* Number of CHAR16 before the NUL, at most `limit`. */
size_t utf16_length(const CHAR16 *text, size_t limit);

#endif
