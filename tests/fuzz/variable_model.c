#include "tests/fuzz/variable_model.h"

#include <string.h>

#define NV     EFI_VARIABLE_NON_VOLATILE
#define BS     EFI_VARIABLE_BOOTSERVICE_ACCESS
#define RT     EFI_VARIABLE_RUNTIME_ACCESS
#define HR     EFI_VARIABLE_HARDWARE_ERROR_RECORD
#define AW     EFI_VARIABLE_AUTHENTICATED_WRITE_ACCESS
#define TA     EFI_VARIABLE_TIME_BASED_AUTHENTICATED_WRITE_ACCESS
#define APPEND EFI_VARIABLE_APPEND_WRITE
#define EA     0x80u

struct variable_model model;

struct key key_of(int index)
{
    struct key key = {.vendor = {.Data1 = 1 + (UINT32)index % 2}};

    for (int i = 0; i <= index / 2 * 3; i++)
        key.name[i] = 'n';
    return key;
}

uint32_t name_bytes_of(int index)
{
    return (uint32_t)((index / 2 * 3 + 2) * (int)sizeof(CHAR16));
}

static uint32_t model_record_bytes(int index)
{
    return (RECORD_BYTES + name_bytes_of(index) + model.variables[index].bytes + 7) & ~7u;
}

uint32_t model_used_bytes(void)
{
    uint32_t used = 0;

    for (int i = 0; i < model.count; i++)
        used += model_record_bytes(model.order[i]);
    return used;
}

/* -1: not there at all. */
static int model_place(int index)
{
    for (int i = 0; i < model.count; i++)
        if (model.order[i] == index)
            return i;
    return -1;
}

static void model_drop(int index)
{
    int place = model_place(index);

    model.count--;
    for (int i = place; i < model.count; i++)
        model.order[i] = model.order[i + 1];
}

static void model_delete(int index)
{
    model.variables[index] = (struct model_variable){0};
    if (model.held != index)
        model_drop(index);
}

void model_hold(int index)
{
    int old = model.held;

    model.held = index;
    if (old >= 0 && old != index && model.variables[old].attributes == 0)
        model_drop(old);
}

bool model_is_visible(int index)
{
    return (model.variables[index].attributes & (model.at_runtime ? RT : BS)) != 0;
}

static EFI_STATUS model_check_attributes(UINT32 attributes)
{
    if (attributes > 0xff)
        return EFI_INVALID_PARAMETER;
    if (attributes & AW)
        return EFI_UNSUPPORTED;
    if ((attributes & (BS | RT)) == RT || attributes == NV || (attributes & HR) ||
        (attributes & (TA | EA)) == (TA | EA))
        return EFI_INVALID_PARAMETER;
    return attributes & (TA | EA) ? EFI_UNSUPPORTED : EFI_SUCCESS;
}

static EFI_STATUS model_write(int index, UINT32 attributes, uint32_t kept, const uint8_t *data,
                              uint32_t bytes)
{
    struct model_variable *variable = &model.variables[index];
    bool is_new = model_place(index) < 0;
    uint32_t used = model_used_bytes() - (is_new ? 0 : model_record_bytes(index));
    uint32_t record_bytes = (RECORD_BYTES + name_bytes_of(index) + kept + bytes + 7) & ~7u;

    if (name_bytes_of(index) + kept + bytes > LIMIT_BYTES)
        return EFI_INVALID_PARAMETER;
    if (record_bytes > CAPACITY_BYTES - used)
        return EFI_OUT_OF_RESOURCES;
    memcpy(variable->data + kept, data, bytes);
    variable->bytes = kept + bytes;
    variable->attributes = attributes & ~(UINT32)APPEND;
    if (is_new)
        model.order[model.count++] = index;
    return EFI_SUCCESS;
}

static EFI_STATUS model_change(int index, UINT32 attributes, const uint8_t *data, uint32_t bytes)
{
    const struct model_variable *variable = &model.variables[index];

    if (model.at_runtime && !(variable->attributes & RT))
        return EFI_WRITE_PROTECTED;
    if ((attributes & (BS | RT)) && (attributes & ~(UINT32)APPEND) != variable->attributes)
        return EFI_INVALID_PARAMETER;
    if (model.at_runtime && !(variable->attributes & NV))
        return EFI_WRITE_PROTECTED;
    if (!(attributes & (BS | RT)) || (bytes == 0 && !(attributes & APPEND))) {
        model_delete(index);
        return EFI_SUCCESS;
    }
    return model_write(index, attributes, attributes & APPEND ? variable->bytes : 0, data, bytes);
}

EFI_STATUS model_set(int index, UINT32 attributes, const uint8_t *data, uint32_t bytes)
{
    EFI_STATUS status = model_check_attributes(attributes);

    if (EFI_ERROR(status))
        return status;
    if (bytes > LIMIT_BYTES)
        return EFI_INVALID_PARAMETER;
    if (model.variables[index].attributes != 0)
        return model_change(index, attributes, data, bytes);
    if (!(attributes & (BS | RT)))
        return EFI_NOT_FOUND;
    if (bytes == 0)
        return attributes & APPEND ? EFI_SUCCESS : EFI_NOT_FOUND;
    if (model.at_runtime && (attributes & (NV | RT)) != (NV | RT))
        return EFI_INVALID_PARAMETER;
    return model_write(index, attributes, 0, data, bytes);
}

int model_next(int index)
{
    for (int i = index < 0 ? 0 : model_place(index) + 1; i < model.count; i++)
        if (model_is_visible(model.order[i]))
            return model.order[i];
    return -1;
}

bool model_has_place(int index)
{
    return model_is_visible(index) ||
           (model_place(index) >= 0 && model.variables[index].attributes == 0);
}

void model_start(void)
{
    memset(&model, 0, sizeof(model));
    model.held = -1;
}

void model_leave_boot(void)
{
    model_hold(-1);
    for (int i = 0; i < KEYS; i++)
        if (model.variables[i].attributes == BS)
            model_delete(i);
    model.at_runtime = true;
}
