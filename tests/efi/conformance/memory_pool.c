/* AllocatePool and FreePool. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/memory.h"
#include "tests/efi/conformance/memory_view.h"

#define MANY 64

static void sizes(void)
{
    static const UINTN bytes[] = {1,    2,    7,     8,     9,     15,      16,       17,
                                  100,  1023, 1024,  1025,  4000,  4095,    4096,     4097,
                                  8192, 9999, 65535, 65536, 65537, 1000000, 0x1000000};

    for (UINTN i = 0; i < COUNT_OF(bytes); i++) {
        UINT8 *buffer = NULL;
        EFI_STATUS status = boot->AllocatePool(EfiLoaderData, bytes[i], (void **)&buffer);

        topic("memory.pool-bytes", "7.2.4");
        check_status(numbered("", bytes[i]), status, EFI_SUCCESS, "a buffer of this size");
        if (status != EFI_SUCCESS)
            continue;
        topic("memory.pool-aligned", "7.2.4");
        check_number(numbered("", bytes[i]), (UINTN)buffer % 8, 0, "is aligned to eight bytes");
        boot->SetMem(buffer, bytes[i], 0x5a);
        topic("memory.pool-freed", "7.2.5");
        check_status(numbered("", bytes[i]), boot->FreePool(buffer), EFI_SUCCESS, "can be freed");
    }
}

static bool is_filled(const UINT8 *buffer, UINTN bytes, UINT8 value)
{
    for (UINTN i = 0; i < bytes; i++) {
        if (buffer[i] != value)
            return false;
    }
    return true;
}

/* Each is filled with a value of its own; half of them come and go meanwhile. */
static void buffers_are_apart(void)
{
    UINT8 *buffers[MANY];
    bool intact = true;

    topic("memory.pool", "7.2.4");
    for (UINTN i = 0; i < MANY; i++) {
        if (!need_status(boot->AllocatePool(EfiLoaderData, i * 37 + 1, (void **)&buffers[i]),
                         "buffer"))
            return;
        boot->SetMem(buffers[i], i * 37 + 1, (UINT8)i);
    }
    for (UINTN i = 0; i < MANY; i += 2)
        boot->FreePool(buffers[i]);
    for (UINTN i = 0; i < MANY; i += 2) {
        if (!need_status(boot->AllocatePool(EfiLoaderCode, i * 37 + 1, (void **)&buffers[i]),
                         "buffer"))
            return;
        boot->SetMem(buffers[i], i * 37 + 1, (UINT8)~i);
    }
    for (UINTN i = 0; i < MANY; i++) {
        intact = intact && is_filled(buffers[i], i * 37 + 1, i % 2 ? (UINT8)i : (UINT8)~i);
        boot->FreePool(buffers[i]);
    }
    check("apart", intact, "no two buffers share a byte");
}

static void wrong_parameters(void)
{
    void *buffer = NULL;

    topic("memory.pool", "7.2.4");
    check_status("no-result", boot->AllocatePool(EfiLoaderData, 8, NULL), EFI_INVALID_PARAMETER,
                 "Buffer may not be NULL");
    check_status("all-bytes", boot->AllocatePool(EfiLoaderData, ~(UINTN)0, &buffer),
                 EFI_OUT_OF_RESOURCES, "as many bytes as a number can be");
    check_status("all-bytes-but-8", boot->AllocatePool(EfiLoaderData, ~(UINTN)7, &buffer),
                 EFI_OUT_OF_RESOURCES, "so many that their header would wrap");
    check_status("huge", boot->AllocatePool(EfiLoaderData, (UINTN)1 << 46, &buffer),
                 EFI_OUT_OF_RESOURCES, "more than any machine has");
}

static void wrong_buffers(void)
{
    static UINT64 zeros[64];
    UINT8 *buffer;

    topic("memory.free-pool", "7.2.5");
    check_status("null", boot->FreePool(NULL), EFI_INVALID_PARAMETER, "NULL is no buffer");
    check_status("own-data", boot->FreePool(&zeros[32]), EFI_INVALID_PARAMETER,
                 "nor is a variable of the caller");
    if (!need_status(boot->AllocatePool(EfiLoaderData, 512, (void **)&buffer), "buffer"))
        return;
    boot->SetMem(buffer, 512, 0);
    check_status("inside", boot->FreePool(buffer + 64), EFI_INVALID_PARAMETER,
                 "nor is the middle of one");
    check_status("whole", boot->FreePool(buffer), EFI_SUCCESS, "only what was given out");
}

/* What a pool takes in pages comes back. */
static void memory_comes_back(void)
{
    void *buffer;
    UINT64 start;
    UINTN before = memory_largest_free(&start);

    topic("memory.free-pool", "7.2.5");
    if (!need(before > 1024, "free memory") ||
        !need_status(boot->AllocatePool(EfiLoaderData, (before - 512) * PAGE_BYTES, &buffer),
                     "large buffer"))
        return;
    check("taken", memory_largest_free(&start) < before, "a large buffer takes its pages");
    boot->FreePool(buffer);
    check_number("given-back", memory_largest_free(&start), before, "and gives them back");
}

/* Behind everything else, since firmwares have died of it. */
void memory_wrap_tests(void)
{
    void *buffer = NULL;

    topic("memory.pool", "7.2.4");
    check_status("all-bytes-but-4096", boot->AllocatePool(EfiLoaderData, ~(UINTN)4095, &buffer),
                 EFI_OUT_OF_RESOURCES, "so many bytes that their page would wrap");
}

void memory_pool_tests(void)
{
    sizes();
    buffers_are_apart();
    wrong_parameters();
    wrong_buffers();
    memory_comes_back();
}
