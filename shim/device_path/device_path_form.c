#include "shim/device_path/device_path_form.h"

#include "loader/lib/string.h"

#define HEADER_BYTES   sizeof(EFI_DEVICE_PATH)
#define TYPE_OFFSET    0
#define SUBTYPE_OFFSET 1

static const struct node_field subtype_and_data[] = {{DECIMAL(SUBTYPE_OFFSET, 1)},
                                                     {REST_DUMP(HEADER_BYTES)}};
static const struct node_field type_and_data[] = {
    {DECIMAL(TYPE_OFFSET, 1)}, {DECIMAL(SUBTYPE_OFFSET, 1)}, {REST_DUMP(HEADER_BYTES)}};

#define ANY_OF(form_name, node_type)                                 \
    .name = (form_name), .type = (node_type), .bytes = HEADER_BYTES, \
    .flags = FORM_VARIABLE | FORM_ANY_SUBTYPE, FIELDS(subtype_and_data)

static const struct node_form generic_forms[] = {
    {ANY_OF("HardwarePath", HARDWARE_DEVICE_PATH)},
    {ANY_OF("AcpiPath", ACPI_DEVICE_PATH)},
    {ANY_OF("Msg", MESSAGING_DEVICE_PATH)},
    {ANY_OF("MediaPath", MEDIA_DEVICE_PATH)},
    {ANY_OF("BbsPath", BBS_DEVICE_PATH)},
    {.name = "Path",
     .bytes = HEADER_BYTES,
     .flags = FORM_VARIABLE | FORM_ANY_SUBTYPE | FORM_ANY_TYPE,
     FIELDS(type_and_data)},
};

static const struct node_forms device_path_generic_forms = {
    generic_forms, sizeof(generic_forms) / sizeof(generic_forms[0])};

static const struct node_forms *const classes[] = {
    &device_path_hardware_forms, &device_path_acpi_forms,    &device_path_messaging_forms,
    &device_path_media_forms,    &device_path_generic_forms,
};

const struct node_form *device_path_form(size_t index)
{
    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
        if (index < classes[i]->count)
            return &classes[i]->forms[index];
        index -= classes[i]->count;
    }
    return NULL;
}

struct node_view device_path_node_view(const EFI_DEVICE_PATH *node)
{
    return (struct node_view){
        .bytes = (const uint8_t *)node,
        .length = (size_t)device_path_load(node->Length, sizeof(node->Length)),
    };
}

static bool tag_fits(const struct node_form *form, const uint8_t *tag)
{
    if (form->tag_bytes == sizeof(EFI_GUID))
        return memcmp(tag, form->guid, sizeof(EFI_GUID)) == 0;
    return form->tag_bytes == 0 || device_path_load(tag, form->tag_bytes) == form->tag;
}

bool device_path_form_fits(const struct node_form *form, struct node_view node)
{
    if (node.bytes[TYPE_OFFSET] != form->type && !(form->flags & FORM_ANY_TYPE))
        return false;
    if (node.bytes[SUBTYPE_OFFSET] != form->subtype && !(form->flags & FORM_ANY_SUBTYPE))
        return false;
    if (form->flags & FORM_VARIABLE ? node.length < form->bytes : node.length != form->bytes)
        return false;
    return tag_fits(form, node.bytes + form->tag_offset);
}

void device_path_form_start(const struct node_form *form, uint8_t *node)
{
    node[TYPE_OFFSET] = form->type;
    node[SUBTYPE_OFFSET] = form->subtype;
    if (form->tag_bytes == sizeof(EFI_GUID))
        memcpy(node + form->tag_offset, form->guid, sizeof(EFI_GUID));
    else
        device_path_store(node + form->tag_offset, form->tag_bytes, form->tag);
}

uint64_t device_path_load(const uint8_t *bytes, size_t count)
{
    uint64_t value = 0;

    while (count-- > 0)
        value = value << 8 | bytes[count];
    return value;
}

void device_path_store(uint8_t *bytes, size_t count, uint64_t value)
{
    for (size_t i = 0; i < count; i++, value >>= 8)
        bytes[i] = (uint8_t)value;
}
