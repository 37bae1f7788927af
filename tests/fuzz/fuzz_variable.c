/*
 * The variable services against a model that says of every call what it must return and leave
 * behind. The input is a list of calls: one byte chooses the service, the next ones its arguments.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shim/runtime/state.h"
#include "tests/unit/runtime_fake.h"

#define STORE_BYTES    1024 /* small, so that it gets full */
#define CAPACITY_BYTES (STORE_BYTES - 16)
#define RECORD_BYTES   32
#define LIMIT_BYTES    (CAPACITY_BYTES - RECORD_BYTES)
#define KEYS           10
#define NAME_LETTERS   16

#define NV     EFI_VARIABLE_NON_VOLATILE
#define BS     EFI_VARIABLE_BOOTSERVICE_ACCESS
#define RT     EFI_VARIABLE_RUNTIME_ACCESS
#define HR     EFI_VARIABLE_HARDWARE_ERROR_RECORD
#define AW     EFI_VARIABLE_AUTHENTICATED_WRITE_ACCESS
#define TA     EFI_VARIABLE_TIME_BASED_AUTHENTICATED_WRITE_ACCESS
#define APPEND EFI_VARIABLE_APPEND_WRITE
#define EA     0x80u

#define CHECK(condition)                                                    \
    do {                                                                    \
        if (!(condition)) {                                                 \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
            abort();                                                        \
        }                                                                   \
    } while (0)

struct model_variable {
    UINT32 attributes; /* 0: does not exist */
    uint32_t bytes;
    uint8_t data[STORE_BYTES];
};

static struct {
    struct model_variable variables[KEYS];
    int order[KEYS]; /* as they were created, one that is deleted but held among them */
    int count;
    int held; /* where the last enumeration stands; -1: nowhere */
    bool at_runtime;
} model;

/* Keys share names over vendors and beginnings over names. */
struct key {
    CHAR16 name[NAME_LETTERS];
    EFI_GUID vendor;
};

static struct key key_of(int index)
{
    struct key key = {.vendor = {.Data1 = 1 + (UINT32)index % 2}};

    for (int i = 0; i <= index / 2 * 3; i++)
        key.name[i] = 'n';
    return key;
}

static uint32_t name_bytes_of(int index)
{
    return (uint32_t)((index / 2 * 3 + 2) * (int)sizeof(CHAR16));
}

/* ---- The input ---- */

static const uint8_t *input;
static size_t input_bytes;

static uint8_t take(void)
{
    if (input_bytes == 0)
        return 0;
    input_bytes--;
    return *input++;
}

static int take_key(void)
{
    return take() % KEYS;
}

/* ---- The model ---- */

static uint32_t model_record_bytes(int index)
{
    return (RECORD_BYTES + name_bytes_of(index) + model.variables[index].bytes + 7) & ~7u;
}

static uint32_t model_used_bytes(void)
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

static void model_hold(int index)
{
    int old = model.held;

    model.held = index;
    if (old >= 0 && old != index && model.variables[old].attributes == 0)
        model_drop(old);
}

static bool model_is_visible(int index)
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

static EFI_STATUS model_set(int index, UINT32 attributes, const uint8_t *data, uint32_t bytes)
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

/* The visible key after `index`, from -1 the first; -1 at the end. */
static int model_next(int index)
{
    for (int i = index < 0 ? 0 : model_place(index) + 1; i < model.count; i++)
        if (model_is_visible(model.order[i]))
            return model.order[i];
    return -1;
}

/* ---- The calls ---- */

static void call_set(void)
{
    static uint8_t data[STORE_BYTES];
    int index = take_key();
    struct key key = key_of(index);
    UINT32 attributes = take();
    uint32_t bytes = take() * 8u;
    EFI_STATUS status;

    if (take() % 8 == 0)
        attributes <<= 1;
    if (bytes < 64)
        bytes /= 8;
    if (bytes > sizeof(data))
        bytes = sizeof(data);
    memset(data, take(), bytes);
    status =
        runtime_fake_exports.services->SetVariable(key.name, &key.vendor, attributes, bytes, data);
    CHECK(status == model_set(index, attributes, data, bytes));
}

static void call_get(void)
{
    int index = take_key();
    struct key key = key_of(index);
    const struct model_variable *variable = &model.variables[index];
    UINTN room = take() * 4u;
    UINTN bytes = room;
    uint8_t data[4 * UINT8_MAX];
    UINT32 attributes = 0;
    EFI_STATUS status = runtime_fake_exports.services->GetVariable(key.name, &key.vendor,
                                                                   &attributes, &bytes, data);

    if (!model_is_visible(index)) {
        CHECK(status == EFI_NOT_FOUND && bytes == room && attributes == 0);
        return;
    }
    CHECK(bytes == variable->bytes && attributes == variable->attributes);
    CHECK(status == (room < bytes ? EFI_BUFFER_TOO_SMALL : EFI_SUCCESS));
    CHECK(status != EFI_SUCCESS || memcmp(data, variable->data, bytes) == 0);
}

/* From a key or, for `index` -1, from the beginning. Returns the key that was found, -1 for none.
 */
static int next_name(int index, UINTN room)
{
    struct key key = {0};
    UINTN bytes = room;
    bool known = index < 0 || model_is_visible(index) ||
                 (model_place(index) >= 0 && model.variables[index].attributes == 0);
    int expected = known ? model_next(index) : -1;
    struct key expected_key;
    EFI_STATUS status;

    if (index >= 0)
        key = key_of(index);
    status = runtime_fake_exports.services->GetNextVariableName(&bytes, key.name, &key.vendor);
    if (room < (index < 0 ? sizeof(CHAR16) : name_bytes_of(index)) || !known) {
        CHECK(status == EFI_INVALID_PARAMETER && bytes == room);
        return -1;
    }
    if (expected < 0) {
        CHECK(status == EFI_NOT_FOUND && bytes == room);
        model_hold(-1);
        return -1;
    }
    CHECK(bytes == name_bytes_of(expected));
    CHECK(status == (room < bytes ? EFI_BUFFER_TOO_SMALL : EFI_SUCCESS));
    if (status != EFI_SUCCESS)
        return -1;
    expected_key = key_of(expected);
    CHECK(memcmp(&key.vendor, &expected_key.vendor, sizeof(key.vendor)) == 0);
    CHECK(memcmp(key.name, expected_key.name, bytes) == 0);
    model_hold(expected);
    return expected;
}

static void call_next_name(void)
{
    int index = take() % (KEYS + 1) - 1;

    next_name(index, take() % (sizeof(CHAR16) * NAME_LETTERS + 1));
}

/* Each visible variable once; some are deleted on the way. */
static void call_enumerate(void)
{
    unsigned int deletions = take();
    int index = -1;
    bool visited[KEYS] = {false};
    bool visible[KEYS];

    for (int i = 0; i < KEYS; i++)
        visible[i] = model_is_visible(i);
    while ((index = next_name(index, sizeof(CHAR16) * NAME_LETTERS)) >= 0) {
        struct key key = key_of(index);

        CHECK(!visited[index]);
        visited[index] = true;
        if ((deletions >>= 1) % 2 != 0)
            CHECK(runtime_fake_exports.services->SetVariable(key.name, &key.vendor, 0, 0, NULL) ==
                  model_set(index, 0, NULL, 0));
    }
    CHECK(memcmp(visited, visible, sizeof(visited)) == 0);
}

static void call_query(void)
{
    UINT64 storage = 0;
    UINT64 remaining = 0;
    UINT64 largest = 0;
    EFI_STATUS status =
        runtime_fake_exports.services->QueryVariableInfo(take(), &storage, &remaining, &largest);

    if (status != EFI_SUCCESS)
        return;
    CHECK(storage == CAPACITY_BYTES);
    CHECK(remaining == CAPACITY_BYTES - model_used_bytes());
    CHECK(largest == (remaining > RECORD_BYTES ? remaining - RECORD_BYTES : 0));
}

static void call_leave_boot(void)
{
    if (model.at_runtime)
        return;
    model_hold(-1);
    for (int i = 0; i < KEYS; i++)
        if (model.variables[i].attributes == BS)
            model_delete(i);
    model.at_runtime = true;
    runtime_fake_exports.leave_boot();
}

/* ---- What always holds ---- */

static void check_store(void)
{
    const struct variable_store *store = runtime_state.variables;

    CHECK(runtime_fake.mask_depth == 0);
    CHECK(store->capacity_bytes == CAPACITY_BYTES);
    CHECK(store->used_bytes == model_used_bytes());
    for (uint32_t i = store->used_bytes; i < store->capacity_bytes; i++)
        CHECK(store->records[i] == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const calls[])(void) = {call_set,   call_set,       call_set,
                                          call_get,   call_next_name, call_enumerate,
                                          call_query, call_leave_boot};

    input = data;
    input_bytes = size;
    memset(&model, 0, sizeof(model));
    model.held = -1;
    runtime_fake_start(STORE_BYTES, 0);
    while (input_bytes > 0) {
        calls[take() % (sizeof(calls) / sizeof(calls[0]))]();
        check_store();
    }
    runtime_fake_stop();
    return 0;
}
