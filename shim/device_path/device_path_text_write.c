#include "shim/device_path/device_path_text.h"

#include "shim/device_path/device_path_field.h"
#include "shim/device_path/device_path_form.h"
#include "shim/text/text_builder.h"

static bool write_form(struct text_builder *text, struct node_view node,
                       const struct node_form *form, struct device_path_style style)
{
    struct node_writer writer = {.text = text, .node = node, .display = style.display};

    text_put_ascii(text, form->name);
    text_put(text, '(');
    for (unsigned int i = 0; i < form->field_count; i++)
        if (!device_path_field_write(&form->fields[i], &writer))
            return false;
    text_put(text, ')');
    return true;
}

static bool is_wanted(const struct node_form *form, struct device_path_style style)
{
    return (style.display || !(form->flags & FORM_DISPLAY)) &&
           (style.shortcuts || !(form->flags & FORM_SHORTCUT));
}

/* The last form writes every node. */
static void write_as_form(struct text_builder *text, struct node_view node,
                          struct device_path_style style)
{
    size_t start = text_length(text);
    const struct node_form *form;

    for (size_t i = 0; (form = device_path_form(i)); i++) {
        if (!is_wanted(form, style) || !device_path_form_fits(form, node))
            continue;
        if (write_form(text, node, form, style))
            return;
        text_cut(text, start);
    }
}

static bool is_file_path(struct node_view node)
{
    const EFI_DEVICE_PATH *header = (const EFI_DEVICE_PATH *)node.bytes;

    return header->Type == MEDIA_DEVICE_PATH && header->SubType == MEDIA_FILEPATH_DP;
}

/* A file's path has no parentheses around it: false when it looks like something else then. */
static bool write_file_path(struct text_builder *text, struct node_view node, bool display)
{
    size_t start = text_length(text);
    struct node_writer writer = {.text = text, .node = node, .display = display};
    struct node_string path = {
        .bytes = node.bytes + sizeof(EFI_DEVICE_PATH),
        .count = (node.length - sizeof(EFI_DEVICE_PATH)) / sizeof(CHAR16),
        .width = sizeof(CHAR16),
    };

    if (node.length % sizeof(CHAR16) == 0 && node_writer_put_string(&writer, path) &&
        (display || device_path_text_is_file(text_since(text, start))))
        return true;
    text_cut(text, start);
    return false;
}

static bool is_instance_end(struct node_view node)
{
    const EFI_DEVICE_PATH *header = (const EFI_DEVICE_PATH *)node.bytes;

    return header->Type == END_DEVICE_PATH_TYPE &&
           header->SubType == END_INSTANCE_DEVICE_PATH_SUBTYPE &&
           node.length == END_DEVICE_PATH_LENGTH;
}

static void write_node(struct text_builder *text, struct node_view node,
                       struct device_path_style style)
{
    if (is_instance_end(node))
        text_put(text, ',');
    else if (!is_file_path(node) || !write_file_path(text, node, style.display))
        write_as_form(text, node, style);
}

CHAR16 *device_path_node_to_text(const EFI_DEVICE_PATH *node, struct device_path_style style)
{
    struct text_builder text = TEXT_BUILDER(DEVICE_PATH_TEXT_MAX);
    struct node_view view = device_path_node_view(node);

    if (view.length < sizeof(EFI_DEVICE_PATH))
        return NULL;
    write_node(&text, view, style);
    return text_take(&text);
}

CHAR16 *device_path_to_text(const EFI_DEVICE_PATH *path, struct device_path_style style)
{
    struct text_builder text = TEXT_BUILDER(DEVICE_PATH_TEXT_MAX);
    const uint8_t *bytes = (const uint8_t *)path;
    size_t left = device_path_bytes(path);
    bool separate = false;

    if (!left)
        return NULL;
    for (left -= END_DEVICE_PATH_LENGTH; left;) {
        struct node_view node = device_path_node_view((const EFI_DEVICE_PATH *)bytes);

        if (separate && !is_instance_end(node))
            text_put(&text, '/');
        write_node(&text, node, style);
        separate = !is_instance_end(node);
        bytes += node.length;
        left -= node.length;
    }
    return text_take(&text);
}
