/*
 * How device path nodes look as text (UEFI 2.10 section 10.6.1, table "Device Node Table"): a form
 * for each row, whose fields say where a parameter lies in the node and how it is written. The same
 * table drives both directions. A node that no form fits, of unknown subtype or malformed, is
 * written byte by byte: nothing is lost, and nothing beyond its length is looked at. Pure but for
 * the builders.
 */
#ifndef PVHEFI_SHIM_DEVICE_PATH_FORM_H
#define PVHEFI_SHIM_DEVICE_PATH_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <efi.h>

#include "loader/lib/string.h"
#include "shim/byte_builder.h"
#include "shim/text_builder.h"
#include "shim/text_slice.h"

enum field_kind {
    FIELD_HEX,         /* 0x1F */
    FIELD_DECIMAL,     /* 31 */
    FIELD_DIGITS,      /* 001F, as many digits as fit */
    FIELD_KEYWORD,     /* a word of the list that `value` names, or an integer */
    FIELD_EISA_ID,     /* PNP0A03 */
    FIELD_GUID,
    FIELD_ARRAY,       /* 0x and the bytes as they lie */
    FIELD_DUMP,        /* the bytes as they lie */
    FIELD_EUI_64,      /* FF-FF-…, last byte first */
    FIELD_IPV4,        /* `value` is where the port lies, 0 without */
    FIELD_IPV4_IN_16,  /* in a union with an IPv6 address */
    FIELD_IPV6,
    FIELD_ASCII,       /* in a field of fixed size */
    FIELD_ZERO,        /* reserved: no parameter */
    FIELD_SHOWN_ZERO,  /* 0 */
    FIELD_TOPOLOGY,    /* four parameters of a SAS device */
    FIELD_ACPI_STRINGS,
    FIELD_ACPI_UID,    /* the string of that name alone */
    FIELD_ACPI_EITHER, /* the string that `value` numbers, else the integer */
    /* These reach to the node's end. */
    FIELD_REST_DUMP,
    FIELD_REST_ASCII,
    FIELD_REST_QUOTED, /* "UTF-16" */
};

#define FIELD_OPTIONAL  0x01u /* may be missing; then it is `value`, or the first keyword */
#define FIELD_LONG      0x02u /* left out of text that is for display only */
#define FIELD_REPEATED  0x04u /* up to the node's end */
#define FIELD_PADDED    0x08u /* FIELD_HEX with all its digits */
#define FIELD_STRICT    0x10u /* FIELD_KEYWORD without the integers */
#define FIELD_DEFAULT_0 0x20u /* FIELD_DECIMAL whose 0 is called DEFAULT */
#define FIELD_NUL       0x40u /* FIELD_REST_ASCII that ends with one */

struct node_field {
    uint8_t kind;
    uint8_t offset; /* in the node */
    uint8_t bytes;
    uint8_t flags;
    uint32_t value;
};

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
    KEYWORDS_PARTITION,
    KEYWORDS_BBS,
};

/* A FIELD_KEYWORD's `value`: the list, and which bits of the integer are meant (0: all). */
#define KEYWORD_BITS(list, shift, bits) ((uint32_t)(list) | (shift) << 8 | (bits) << 16)

#define FORM_VARIABLE    0x01u /* the node may be longer than `bytes` */
#define FORM_SHORTCUT    0x02u /* only if shortcuts are allowed */
#define FORM_DISPLAY     0x04u /* only if the text need not be read again */
#define FORM_ANY_SUBTYPE 0x08u
#define FORM_ANY_TYPE    0x10u

struct node_form {
    const char *name;
    const struct node_field *fields;
    const EFI_GUID *guid; /* that must lie at tag_offset */
    uint32_t tag;         /* or this, if tag_bytes is not 0 */
    uint8_t type;
    uint8_t subtype;
    uint8_t bytes;
    uint8_t field_count;
    uint8_t tag_offset;
    uint8_t tag_bytes;
    uint8_t flags;
};

struct node_forms {
    const struct node_form *forms;
    size_t count;
};

#define FIELDS(list)                                                                  \
    .fields = (list), .field_count = (uint8_t)(sizeof(list) / sizeof((list)[0]))
#define NODE(node_type, node_subtype, node_bytes) \
    .type = (node_type), .subtype = (node_subtype), .bytes = (node_bytes)
#define WITH_TAG(offset, size, wanted) .tag_offset = (offset), .tag_bytes = (size), .tag = (wanted)
#define WITH_GUID(offset, wanted)      .tag_offset = (offset), .guid = (wanted)

#define HEX(at, size)              {FIELD_HEX, at, size, 0, 0}
#define OPTIONAL_HEX(at, size, or) {FIELD_HEX, at, size, FIELD_OPTIONAL, or}
#define DECIMAL(at, size)          {FIELD_DECIMAL, at, size, 0, 0}
#define KEYWORD(at, size, list)    {FIELD_KEYWORD, at, size, 0, list}
#define GUID_AT(at)                {FIELD_GUID, at, sizeof(EFI_GUID), 0, 0}
#define ZERO(at, size)             {FIELD_ZERO, at, size, 0, 0}
#define REST_DUMP(at)              {FIELD_REST_DUMP, at, 0, FIELD_OPTIONAL, 0}

/* One file each; of two forms that fit a node or a text the first is taken. */
extern const struct node_forms device_path_hardware_forms;
extern const struct node_forms device_path_messaging_forms;
extern const struct node_forms device_path_media_forms;
extern const struct node_forms device_path_generic_forms;

/* All of them, one after the other; NULL behind the last. */
const struct node_form *device_path_form(size_t index);

/* A node whose length has been checked to be within what may be read. */
struct node_view {
    const uint8_t *bytes;
    size_t length;
};

/* Are type, length and tag those of the form? */
bool device_path_form_fits(const struct node_form *form, struct node_view node);

/* What is left of a text's parameters. */
struct parameters {
    struct text_slice rest;
    bool more;
};

/* The next one; an empty slice when there is none. */
struct text_slice parameters_next(struct parameters *parameters);

/* A node that is being made at the end of `nodes`, from `start` on. */
struct node_reader {
    struct byte_builder *nodes;
    size_t start;
    struct parameters parameters;
};

static inline uint8_t *node_reader_at(const struct node_reader *reader, size_t offset)
{
    return reader->nodes->bytes + reader->start + offset;
}

/* Little-endian, of 1 to 8 bytes. */
uint64_t device_path_load(const uint8_t *bytes, size_t count);
void device_path_store(uint8_t *bytes, size_t count, uint64_t value);

/* One field with the comma in front of it. False when the form cannot express what is there. */
bool device_path_field_write(const struct node_field *field, struct node_view node, bool display,
                             struct text_builder *text);

/* The reverse; false when the text is not of that kind, or memory is out. */
bool device_path_field_read(const struct node_field *field, struct node_reader *reader);

/* The kinds that have a file of their own. */
bool device_path_keyword_write(const struct node_field *field, struct node_view node,
                               struct text_builder *text);
bool device_path_keyword_read(const struct node_field *field, struct text_slice parameter,
                              struct node_reader *reader);
bool device_path_topology_write(uint16_t topology, struct text_builder *text);
bool device_path_topology_read(struct parameters *parameters, uint16_t *ret_topology);
bool device_path_acpi_write(const struct node_field *field, struct node_view node, bool display,
                            struct text_builder *text);
bool device_path_acpi_read(const struct node_field *field, struct node_reader *reader);

#endif
