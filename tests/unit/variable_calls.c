#include "tests/unit/variable_calls.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/runtime_fake.h"

EFI_GUID vendor = {.Data1 = 0x12345678, .Data2 = 1};
EFI_GUID other_vendor = {.Data1 = 0x12345678, .Data2 = 2};

int start(void **state)
{
    (void)state;
    runtime_fake_start(STORE_BYTES, 0);
    return 0;
}

int stop(void **state)
{
    (void)state;
    runtime_fake_stop();
    return 0;
}

/* Each service leaves interrupts as it found them. */
EFI_STATUS balanced(EFI_STATUS status)
{
    assert_int_equal(runtime_fake.mask_depth, 0);
    return status;
}

EFI_STATUS set_of(EFI_GUID *guid, const char *name, UINT32 attributes, const char *text)
{
    char *copy = strdup(text);
    EFI_STATUS status;

    status = runtime_fake_exports.services->SetVariable(runtime_fake_name(name), guid, attributes,
                                                        strlen(text), copy);
    free(copy);
    return balanced(status);
}

EFI_STATUS set(const char *name, UINT32 attributes, const char *text)
{
    return set_of(&vendor, name, attributes, text);
}

EFI_STATUS set_bytes(const char *name, UINT32 attributes, UINTN bytes)
{
    static uint8_t zeros[STORE_BYTES * 2];

    return balanced(runtime_fake_exports.services->SetVariable(runtime_fake_name(name), &vendor,
                                                               attributes, bytes, zeros));
}

EFI_STATUS get(const char *name, UINT32 *attributes, UINTN *bytes, void *data)
{
    return balanced(runtime_fake_exports.services->GetVariable(runtime_fake_name(name), &vendor,
                                                               attributes, bytes, data));
}

void assert_value(const char *name, UINT32 attributes, const char *text)
{
    char data[256];
    UINTN bytes = sizeof(data);
    UINT32 found = 0;

    assert_int_equal(get(name, &found, &bytes, data), EFI_SUCCESS);
    assert_int_equal(found, attributes);
    assert_int_equal(bytes, strlen(text));
    assert_memory_equal(data, text, bytes);
}

void assert_absent(const char *name)
{
    UINTN bytes = 0;

    assert_int_equal(get(name, NULL, &bytes, NULL), EFI_NOT_FOUND);
    assert_int_equal(bytes, 0);
}
