#include "shim/device_path/device_path_text.h"

#include "loader/lib/string.h"
#include "loader/utf16.h"
#include "shim/device_path/device_path.h"
#include "shim/device_path/device_path_field.h"
#include "shim/device_path/device_path_form.h"
#include "shim/text/byte_builder.h"

#define NODE_BYTES_MAX UINT16_MAX

static const EFI_DEVICE_PATH end_node = DEVICE_PATH_END;
static const EFI_DEVICE_PATH instance_end_node = DEVICE_PATH_INSTANCE_END;

static struct text_slice slice_of(const CHAR16 *text)
{
    return (struct text_slice){.text = text, .length = utf16_length(text, DEVICE_PATH_TEXT_MAX)};
}

static bool add_node(struct byte_builder *nodes, const EFI_DEVICE_PATH *node)
{
    uint8_t *added = byte_builder_add(nodes, sizeof(*node));

    return added && memcpy(added, node, sizeof(*node));
}

/* Gives the node that begins at `start` its length. */
static bool finish_node(struct byte_builder *nodes, size_t start)
{
    size_t length = nodes->size - start;
    EFI_DEVICE_PATH *header;

    if (nodes->failed || length > NODE_BYTES_MAX)
        return false;
    header = (EFI_DEVICE_PATH *)(nodes->bytes + start);
    device_path_store(header->Length, sizeof(header->Length), length);
    return true;
}

static bool read_form(struct byte_builder *nodes, const struct node_form *form,
                      struct text_slice parameters)
{
    struct node_reader reader = {
        .nodes = nodes,
        .start = nodes->size,
        .rest = parameters,
        .more = text_slice_trim(parameters).length != 0,
    };
    uint8_t *node = byte_builder_add(nodes, form->bytes);

    if (!node)
        return false;
    device_path_form_start(form, node);
    for (unsigned int i = 0; i < form->field_count; i++)
        if (!device_path_field_read(&form->fields[i], &reader))
            return false;
    return !reader.more && finish_node(nodes, reader.start) &&
           device_path_form_fits(form, (struct node_view){.bytes = node_reader_at(&reader, 0),
                                                          .length = nodes->size - reader.start});
}

static bool has_name(const struct node_form *form, struct text_slice name)
{
    return !(form->flags & FORM_DISPLAY) && text_slice_equals(name, form->name);
}

/* "Name" of "Name(parameters)", all of it without a parenthesis. */
static struct text_slice name_of(struct text_slice node)
{
    struct text_slice name = {.text = node.text, .length = text_slice_find(node, '(', '(')};

    return name;
}

/* The parameters are everything up to the last parenthesis, which must end the text. */
static bool read_as_form(struct byte_builder *nodes, struct text_slice node)
{
    size_t start = nodes->size;
    struct text_slice name = name_of(node);
    struct text_slice parameters = text_slice_behind(node, name.length + 1);
    const struct node_form *form;

    if (parameters.length == 0 || parameters.text[parameters.length - 1] != ')')
        return false;
    parameters.length--;
    for (size_t i = 0; (form = device_path_form(i)); i++) {
        if (!has_name(form, name))
            continue;
        if (read_form(nodes, form, parameters))
            return true;
        byte_builder_cut(nodes, start);
    }
    return false;
}

static bool is_name(struct text_slice name)
{
    const struct node_form *form;

    for (size_t i = 0; (form = device_path_form(i)); i++)
        if (has_name(form, name))
            return true;
    return false;
}

/* Where the next separator is. */
static size_t node_length(struct text_slice path)
{
    return text_slice_find(path, '/', ',');
}

static bool is_form(struct text_slice node)
{
    struct text_slice name = name_of(node);

    return name.length < node.length && is_name(name);
}

bool device_path_text_is_file(struct text_slice node)
{
    return node.length && text_slice_is_balanced(node) && node_length(node) == node.length &&
           !is_form(node);
}

static bool read_file_path(struct byte_builder *nodes, struct text_slice path)
{
    static const EFI_DEVICE_PATH header = DEVICE_PATH_NODE(MEDIA_DEVICE_PATH, MEDIA_FILEPATH_DP, 0);
    size_t start = nodes->size;
    size_t bytes = path.length * sizeof(CHAR16);
    uint8_t *added;

    if (!add_node(nodes, &header))
        return false;
    added = byte_builder_add(nodes, bytes + sizeof(CHAR16));
    if (!added)
        return false;
    memcpy(added, path.text, bytes);
    return finish_node(nodes, start);
}

static bool read_node(struct byte_builder *nodes, struct text_slice node)
{
    if (!text_slice_is_balanced(node))
        return false;
    return is_form(node) ? read_as_form(nodes, node) : read_file_path(nodes, node);
}

/* A node that says that the path ends here cannot be in the middle of it. */
static bool ends_path(const struct byte_builder *nodes, size_t start)
{
    return nodes->bytes[start] == end_node.Type && nodes->bytes[start + 1] == end_node.SubType;
}

/* The node or separator in front of *path, which goes on behind it. */
static bool read_next(struct byte_builder *nodes, struct text_slice *path)
{
    size_t start = nodes->size;
    struct text_slice node = {.text = path->text, .length = node_length(*path)};

    if (node.length) {
        *path = text_slice_behind(*path, node.length);
        return read_node(nodes, node) && !ends_path(nodes, start);
    }
    *path = text_slice_behind(*path, 1);
    return node.text[0] == '/' || add_node(nodes, &instance_end_node);
}

static bool read_path(struct byte_builder *nodes, struct text_slice path)
{
    while (path.length)
        if (!read_next(nodes, &path))
            return false;
    return add_node(nodes, &end_node);
}

static EFI_DEVICE_PATH *take(struct byte_builder *nodes, bool ok)
{
    if (ok)
        return byte_builder_take(nodes);
    byte_builder_drop(nodes);
    return NULL;
}

EFI_DEVICE_PATH *device_path_node_from_text(const CHAR16 *text)
{
    struct byte_builder nodes = BYTE_BUILDER(NODE_BYTES_MAX);
    struct text_slice node = slice_of(text);

    node.length = node_length(node);
    return take(&nodes, node.length && read_node(&nodes, node));
}

EFI_DEVICE_PATH *device_path_from_text(const CHAR16 *text)
{
    struct byte_builder nodes = BYTE_BUILDER(DEVICE_PATH_BYTES_MAX + END_DEVICE_PATH_LENGTH);
    struct text_slice path = slice_of(text);

    return take(&nodes, path.length < DEVICE_PATH_TEXT_MAX && read_path(&nodes, path));
}
