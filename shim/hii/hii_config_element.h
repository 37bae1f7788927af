/*
 * HII configuration strings (UEFI 2.10 section 35.2.1): elements that each begin with a header
 * "GUID=…&NAME=…&PATH=…", which says whose they are. Pure.
 */
#ifndef PVHEFI_SHIM_HII_HII_CONFIG_ELEMENT_H
#define PVHEFI_SHIM_HII_HII_CONFIG_ELEMENT_H

#include <stdbool.h>
#include <stdint.h>

#include <efi.h>

#include "shim/text/text_slice.h"

struct hii_config_element {
    struct text_slice whole;
    struct text_slice header; /* as far as the end of PATH's value */
    struct text_slice guid;   /* values: hexadecimal digits */
    struct text_slice name;
    struct text_slice path;
    struct text_slice body; /* behind the header's '&'; may be empty */
};

/* The element that `text` begins with. False when it does not begin with a header. */
bool hii_config_element_read(const CHAR16 *text, struct hii_config_element *ret_element);

/* Where the element behind this one begins; NULL when it is the last. */
const CHAR16 *hii_config_element_next(const struct hii_config_element *element);

/* Is a value just these bytes? */
bool hii_config_value_is_bytes(struct text_slice value, const void *bytes, size_t count);

/* Is a value this text, four digits for each CHAR16? */
bool hii_config_value_is_text(struct text_slice value, const CHAR16 *text);

/*
 * Takes `key` (with its '=') and the value up to the next '&' from the front of *rest, and that '&'
 * too. False when something else is there.
 */
bool hii_config_take(struct text_slice *rest, const char *key, struct text_slice *ret_value);

#endif
