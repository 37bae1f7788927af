/*
 * Integers in device path nodes that have words for some of their values. Pure but for the
 * builders.
 */
#ifndef PVHEFI_SHIM_DEVICE_PATH_DEVICE_PATH_KEYWORD_H
#define PVHEFI_SHIM_DEVICE_PATH_DEVICE_PATH_KEYWORD_H

#include <stdbool.h>
#include <stdint.h>

#include "shim/device_path/device_path_field.h"

enum keyword_list {
    KEYWORDS_PRIMARY,
    KEYWORDS_MASTER,
    KEYWORDS_FLOW_CONTROL,
    KEYWORDS_IP_PROTOCOL,
    KEYWORDS_IPV4_ORIGIN,
    KEYWORDS_IPV6_ORIGIN,
    KEYWORDS_PARITY,
    KEYWORDS_STOP_BITS,
    KEYWORDS_DIGEST,
    KEYWORDS_AUTHENTICATION,
    KEYWORDS_TCP,
    KEYWORDS_SAS_LOCATION,
    KEYWORDS_SAS_CONNECT,
    KEYWORDS_PARTITION,
    KEYWORDS_BBS,
};

/* A FIELD_KEYWORD's `value`: the list, and which bits of the integer are meant (0: all). */
#define KEYWORD_BITS(list, shift, bits) ((uint32_t)(list) | (shift) << 8 | (bits) << 16)

/* The word for `value`, NULL when it has none. */
const char *keyword_text(enum keyword_list list, uint64_t value);

/* The value of a word; of the first word when `text` is empty. False when it is none of them. */
bool keyword_value(enum keyword_list list, struct text_slice text, uint64_t *ret_value);

/* FIELD_KEYWORD: see device_path_field_write() and device_path_field_read(). */
bool device_path_keyword_write(const struct node_field *field, struct node_writer *writer);
bool device_path_keyword_read(const struct node_field *field, struct node_reader *reader);

#endif
