/*
 * How device path nodes look as text (UEFI 2.10 section 10.6.1.6): a form for
 * each row, whose fields say where a parameter lies in the node and how it is written. The same
 * tables drive both directions. A node that no other form fits, unknown or malformed, has a generic
 * one that writes byte by byte: nothing is lost, and nothing beyond its length is looked at. Pure.
 */
#ifndef PVHEFI_SHIM_DEVICE_PATH_DEVICE_PATH_FORM_H
#define PVHEFI_SHIM_DEVICE_PATH_DEVICE_PATH_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <efi.h>

enum field_kind {
    FIELD_HEX,     /* 0x1F */
    FIELD_DECIMAL, /* 31 */
    FIELD_DIGITS,  /* 001F, as many digits as there is room for */
    FIELD_KEYWORD, /* a word of the list in `value`, else an integer */
    FIELD_EISA_ID, /* PNP0A03 */
    FIELD_GUID,
    FIELD_ARRAY,      /* 0x and the bytes as they lie */
    FIELD_DUMP,       /* the bytes as they lie */
    FIELD_EUI_64,     /* FF-FF-…, last byte first */
    FIELD_IPV4,       /* `value` is where the port lies, 0 without */
    FIELD_IPV4_IN_16, /* in a union with an IPv6 address */
    FIELD_IPV6,
    FIELD_ASCII,      /* padded with zeroes */
    FIELD_ZERO,       /* reserved (of its bits those in `value`, if any): no parameter */
    FIELD_SHOWN_ZERO, /* 0 */
    FIELD_TOPOLOGY,   /* four parameters of a SAS device */
    FIELD_ACPI_STRINGS,
    FIELD_ACPI_UID_STRING,
    FIELD_ACPI_EITHER, /* the string that `value` numbers, else the integer */
    /* These reach to the node's end. */
    FIELD_REST_DUMP,
    FIELD_REST_ASCII,
    FIELD_REST_QUOTED, /* "UTF-16" */
};

#define FIELD_OPTIONAL  0x01u /* may be missing: it is `value` then, or the first keyword */
#define FIELD_LONG      0x02u /* left out of text that is for display only */
#define FIELD_REPEATED  0x04u /* up to the node's end */
#define FIELD_PADDED    0x08u /* FIELD_HEX with all its digits */
#define FIELD_STRICT    0x10u /* FIELD_KEYWORD without the integers */
#define FIELD_DEFAULT_0 0x20u /* FIELD_DECIMAL whose 0 is called DEFAULT */
#define FIELD_NUL       0x40u /* FIELD_REST_ASCII that ends with a NUL */
#define FIELD_LAST      0x80u /* a string that may have commas: no parameter follows */

struct node_field {
    uint8_t kind;
    uint8_t offset; /* in the node */
    uint8_t bytes;
    uint8_t flags;
    uint32_t value;
};

/* What stands between a field's braces. */
#define HEX(at, size)              FIELD_HEX, at, size, 0, 0
#define OPTIONAL_HEX(at, size, or) FIELD_HEX, at, size, FIELD_OPTIONAL, or
#define LONG_HEX(at, size)         FIELD_HEX, at, size, FIELD_LONG | FIELD_OPTIONAL, 0
#define DECIMAL(at, size)          FIELD_DECIMAL, at, size, 0, 0
#define OPTIONAL_DECIMAL(at, size) FIELD_DECIMAL, at, size, FIELD_OPTIONAL, 0
#define KEYWORD(at, size, list)    FIELD_KEYWORD, at, size, 0, list
#define GUID_AT(at)                FIELD_GUID, at, sizeof(EFI_GUID), 0, 0
#define ZERO(at, size)             FIELD_ZERO, at, size, 0, 0
#define REST_DUMP(at)              FIELD_REST_DUMP, at, 0, FIELD_OPTIONAL, 0

#define FORM_VARIABLE    0x01u /* the node may be longer than `bytes` */
#define FORM_SHORTCUT    0x02u /* only if shortcuts are allowed */
#define FORM_DISPLAY     0x04u /* only if the text need not be read again */
#define FORM_ANY_SUBTYPE 0x08u
#define FORM_ANY_TYPE    0x10u

struct node_form {
    const char *name;
    const struct node_field *fields;
    union { /* what must lie at tag_offset: */
        uint32_t tag;
        const EFI_GUID *guid; /* if tag_bytes are that many */
    };
    uint8_t type;
    uint8_t subtype;
    uint8_t bytes;
    uint8_t field_count;
    uint8_t tag_offset;
    uint8_t tag_bytes; /* 0: any node of that type */
    uint8_t flags;
};

#define NODE(node_type, node_subtype, node_bytes) \
    .type = (node_type), .subtype = (node_subtype), .bytes = (node_bytes)
#define FIELDS(list)                   .fields = (list), .field_count = (uint8_t)(sizeof(list) / sizeof((list)[0]))
#define WITH_TAG(offset, size, wanted) .tag_offset = (offset), .tag_bytes = (size), .tag = (wanted)
#define WITH_GUID(offset, wanted) \
    .tag_offset = (offset), .tag_bytes = sizeof(EFI_GUID), .guid = (wanted)

/* One file each; of two forms that fit a node or a text the first is taken. */
struct node_forms {
    const struct node_form *forms;
    size_t count;
};

extern const struct node_forms device_path_hardware_forms;
extern const struct node_forms device_path_acpi_forms;
extern const struct node_forms device_path_messaging_forms;
extern const struct node_forms device_path_media_forms;

/* All of them one after the other, then the generic ones; NULL behind the last. */
const struct node_form *device_path_form(size_t index);

/* A node, and its length as far as it may be read: at least its header. */
struct node_view {
    const uint8_t *bytes;
    size_t length;
};

struct node_view device_path_node_view(const EFI_DEVICE_PATH *node);

/* Are type, length and tag those of the form? */
bool device_path_form_fits(const struct node_form *form, struct node_view node);

/* Makes a node of form->bytes, zeroed up to now, one that fits. */
void device_path_form_start(const struct node_form *form, uint8_t *node);

/* Little-endian, of 1 to 8 bytes. */
uint64_t device_path_load(const uint8_t *bytes, size_t count);
void device_path_store(uint8_t *bytes, size_t count, uint64_t value);

#endif
