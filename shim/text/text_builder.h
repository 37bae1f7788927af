/*
 * UTF-16 text that grows at its end (shim/text/byte_builder.h). Boot phase.
 */
#ifndef PVHEFI_SHIM_TEXT_TEXT_BUILDER_H
#define PVHEFI_SHIM_TEXT_TEXT_BUILDER_H

#include <stddef.h>
#include <stdint.h>

#include <efi.h>

#include "shim/text/byte_builder.h"
#include "shim/text/text_slice.h"

struct text_builder {
    struct byte_builder bytes;
};

/* Room for `units` CHAR16 including the NUL. */
#define TEXT_BUILDER(units)                              \
    {                                                    \
        .bytes = BYTE_BUILDER((units) * sizeof(CHAR16)), \
    }

void text_put(struct text_builder *text, CHAR16 unit);
void text_put_ascii(struct text_builder *text, const char *ascii);
void text_put_decimal(struct text_builder *text, uint64_t value);

/* Upper-case digits without 0x, at least `digits` of them. */
void text_put_hex(struct text_builder *text, uint64_t value, unsigned int digits);

/* Two digits for each byte. */
void text_put_hex_bytes(struct text_builder *text, const uint8_t *bytes, size_t count);

void text_put_guid(struct text_builder *text, const EFI_GUID *guid);

/* CHAR16 so far: a mark to come back to, or to look at what was written since. */
size_t text_length(const struct text_builder *text);
void text_cut(struct text_builder *text, size_t length);
struct text_slice text_since(const struct text_builder *text, size_t length);

/* The text with its NUL, the caller's to pool_free(); NULL for want of memory or beyond the limit.
 */
CHAR16 *text_take(struct text_builder *text);
void text_drop(struct text_builder *text);

#endif
