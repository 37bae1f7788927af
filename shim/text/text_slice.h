/*
 * A piece of somebody's UTF-16 text, and the values that can be read from one. Pure; a value is
 * the whole piece or nothing.
 */
#ifndef PVHEFI_SHIM_TEXT_TEXT_SLICE_H
#define PVHEFI_SHIM_TEXT_TEXT_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <efi.h>

struct text_slice {
    const CHAR16 *text;
    size_t length;
};

/* Without the blanks around it. */
struct text_slice text_slice_trim(struct text_slice slice);

/* What lies behind its first `units` CHAR16, of which it has as many. */
struct text_slice text_slice_behind(struct text_slice slice, size_t units);

bool text_slice_equals(struct text_slice slice, const char *ascii);

/* How far it is to the first of the two characters outside of parentheses; its length without. */
size_t text_slice_find(struct text_slice slice, CHAR16 one, CHAR16 other);

/* Has each parenthesis its counterpart? */
bool text_slice_is_balanced(struct text_slice slice);

/* Decimal, or hexadecimal behind 0x; at most `max`. */
bool text_slice_integer(struct text_slice slice, uint64_t max, uint64_t *ret_value);

/* Just hexadecimal digits, 1 to 16. */
bool text_slice_hex(struct text_slice slice, uint64_t *ret_value);

/* Just two hexadecimal digits for each of `count` bytes. */
bool text_slice_hex_bytes(struct text_slice slice, uint8_t *ret_bytes, size_t count);

/* xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx */
bool text_slice_guid(struct text_slice slice, EFI_GUID *ret_guid);

#endif
