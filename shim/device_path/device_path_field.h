/*
 * One field of a device path node (shim/device_path/device_path_form.h) as text, in both
 * directions. Pure but for the builders.
 */
#ifndef PVHEFI_SHIM_DEVICE_PATH_DEVICE_PATH_FIELD_H
#define PVHEFI_SHIM_DEVICE_PATH_DEVICE_PATH_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shim/device_path/device_path_form.h"
#include "shim/text/byte_builder.h"
#include "shim/text/text_builder.h"
#include "shim/text/text_slice.h"

/* A node that is being written. */
struct node_writer {
    struct text_builder *text;
    struct node_view node;
    bool display;  /* is for eyes only, and may lose something */
    bool separate; /* there is a parameter already: the next one begins with a comma */
};

/* Begins a parameter. */
void node_writer_next(struct node_writer *writer);

/* Characters of `width` bytes in a node, up to the first NUL or all of them. */
struct node_string {
    const uint8_t *bytes;
    size_t count;
    size_t width;
    bool commas; /* may be in it */
};

/*
 * False when it could not be told from the text around it, or would do something to a terminal.
 * In text for display such characters are replaced.
 */
bool node_writer_put_string(struct node_writer *writer, struct node_string string);

/* The whole field. False when the form cannot express what is there. */
bool device_path_field_write(const struct node_field *field, struct node_writer *writer);

/* A node that is being made at the end of `nodes`, from `start` on. */
struct node_reader {
    struct byte_builder *nodes;
    size_t start;
    struct text_slice rest; /* of the parameters */
    bool more;              /* there is one */
};

/* The next parameter; empty when there is none. */
struct text_slice node_reader_next(struct node_reader *reader);

/* Where the node's `offset` is, until something is added to it. */
uint8_t *node_reader_at(const struct node_reader *reader, size_t offset);

/* Adds characters as bytes. False when one does not fit into a byte, or memory is out. */
bool node_reader_add_ascii(struct node_reader *reader, struct text_slice text);

/* Stores an integer in the field. False when there is none, and none to take instead. */
bool node_reader_take_integer(struct node_reader *reader, const struct node_field *field,
                              struct text_slice parameter);

/* The whole field. False when the text is not of that kind, or memory is out. */
bool device_path_field_read(const struct node_field *field, struct node_reader *reader);

#endif
