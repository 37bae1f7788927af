/*
 * The Standard Compression Scheme for Unicode (Unicode Technical Standard 6), in which HII string
 * packages may hold text. Decoding only. Pure.
 */
#ifndef PVHEFI_SHIM_HII_SCSU_H
#define PVHEFI_SHIM_HII_SCSU_H

#include <stddef.h>
#include <stdint.h>

#include <efi.h>

/*
 * Decodes a text that ends with U+0000. Writes at most `capacity` CHAR16 and returns how many the
 * whole text needs, its NUL included; 0 when the text is malformed or does not end within `size`
 * bytes. `ret_bytes` is how many bytes it takes, its end included.
 */
size_t scsu_decode(const uint8_t *bytes, size_t size, CHAR16 *ret_text, size_t capacity,
                   size_t *ret_bytes);

#endif
