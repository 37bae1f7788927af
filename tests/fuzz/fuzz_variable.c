/*
 * The variable services against a model that says of every call what it must return and leave
 * behind. The input is a list of calls: one byte chooses the service, the next ones its arguments.
 */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "shim/runtime/state.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/variable_model.h"
#include "tests/unit/runtime_fake.h"

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
    REQUIRE(status == model_set(index, attributes, data, bytes));
}

static void call_get(void)
{
    int index = take_key();
    struct key key = key_of(index);
    const struct model_variable *variable = &model.variables[index];
    UINTN room = (UINTN)take() * 4;
    UINTN bytes = room;
    uint8_t data[4 * UINT8_MAX];
    UINT32 attributes = 0;
    EFI_STATUS status = runtime_fake_exports.services->GetVariable(key.name, &key.vendor,
                                                                   &attributes, &bytes, data);

    if (!model_is_visible(index)) {
        REQUIRE(status == EFI_NOT_FOUND && bytes == room && attributes == 0);
        return;
    }
    REQUIRE(bytes == variable->bytes && attributes == variable->attributes);
    REQUIRE(status == (room < bytes ? EFI_BUFFER_TOO_SMALL : EFI_SUCCESS));
    REQUIRE(status != EFI_SUCCESS || memcmp(data, variable->data, bytes) == 0);
}

/* From a key or, for `index` -1, from the beginning. Returns the key that was found, -1 for none.
 */
static int next_name(int index, UINTN room)
{
    struct key key = {0};
    UINTN bytes = room;
    bool known = index < 0 || model_has_place(index);
    int expected = known ? model_next(index) : -1;
    struct key expected_key;
    EFI_STATUS status;

    if (index >= 0)
        key = key_of(index);
    status = runtime_fake_exports.services->GetNextVariableName(&bytes, key.name, &key.vendor);
    if (room < (index < 0 ? sizeof(CHAR16) : name_bytes_of(index)) || !known) {
        REQUIRE(status == EFI_INVALID_PARAMETER && bytes == room);
        return -1;
    }
    if (expected < 0) {
        REQUIRE(status == EFI_NOT_FOUND && bytes == room);
        model_hold(-1);
        return -1;
    }
    REQUIRE(bytes == name_bytes_of(expected));
    REQUIRE(status == (room < bytes ? EFI_BUFFER_TOO_SMALL : EFI_SUCCESS));
    if (status != EFI_SUCCESS)
        return -1;
    expected_key = key_of(expected);
    REQUIRE(memcmp(&key.vendor, &expected_key.vendor, sizeof(key.vendor)) == 0);
    REQUIRE(memcmp(key.name, expected_key.name, bytes) == 0);
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

        REQUIRE(!visited[index]);
        visited[index] = true;
        if ((deletions >>= 1) % 2 != 0)
            REQUIRE(runtime_fake_exports.services->SetVariable(key.name, &key.vendor, 0, 0, NULL) ==
                    model_set(index, 0, NULL, 0));
    }
    REQUIRE(memcmp(visited, visible, sizeof(visited)) == 0);
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
    REQUIRE(storage == CAPACITY_BYTES);
    REQUIRE(remaining == CAPACITY_BYTES - model_used_bytes());
    REQUIRE(largest == (remaining > RECORD_BYTES ? remaining - RECORD_BYTES : 0));
}

static void call_leave_boot(void)
{
    if (model.at_runtime)
        return;
    model_leave_boot();
    runtime_fake_exports.leave_boot();
}

static void check_store(void)
{
    const struct variable_store *store = runtime_state.variables;

    REQUIRE(runtime_fake.mask_depth == 0);
    REQUIRE(store->capacity_bytes == CAPACITY_BYTES);
    REQUIRE(store->used_bytes == model_used_bytes());
    for (uint32_t i = store->used_bytes; i < store->capacity_bytes; i++)
        REQUIRE(store->records[i] == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const calls[])(void) = {call_set,   call_set,       call_set,
                                          call_get,   call_next_name, call_enumerate,
                                          call_query, call_leave_boot};

    input = data;
    input_bytes = size;
    model_start();
    runtime_fake_start(STORE_BYTES, 0);
    while (input_bytes > 0) {
        calls[take() % (sizeof(calls) / sizeof(calls[0]))]();
        check_store();
    }
    runtime_fake_stop();
    return 0;
}
