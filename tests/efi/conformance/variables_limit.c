/* As large and as many as there is room for, and more. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/variable.h"
#include "tests/efi/conformance/variables.h"

#define DATA_BYTES (1024 * 1024)
#define MANY       200
#define PIECE      1000
/* More than any firmware's storage has. */
#define PIECES_MAX 20000

static UINT8 *data;
static CHAR16 name[] = L"Limit00000";

static EFI_STATUS set(UINT32 attributes, UINTN bytes)
{
    return runtime->SetVariable(name, &variable_vendor, attributes, bytes, data);
}

static void number_name(UINTN number)
{
    for (UINTN i = 9; i >= 5; i--, number /= 10)
        name[i] = (CHAR16)('0' + number % 10);
}

static bool reads_back(UINTN expected)
{
    static UINT8 found[4 * PIECE];
    UINTN bytes = sizeof(found);
    EFI_STATUS status = runtime->GetVariable(name, &variable_vendor, NULL, &bytes, found);

    if (status != EFI_SUCCESS || bytes != expected)
        return false;
    for (UINTN i = 0; i < bytes; i++) {
        if (found[i] != data[i])
            return false;
    }
    return true;
}

static void sizes(void)
{
    static const UINTN bytes[] = {1, 2, 3, 1023, 1024, 1025, 2048, 4000};

    topic("variables.limit", "8.2.3");
    number_name(0);
    for (UINTN i = 0; i < COUNT_OF(bytes); i++) {
        unsigned int number = (unsigned int)bytes[i];

        check_status(numbered("bytes-", number), set(NV_BS, bytes[i]), EFI_SUCCESS,
                     "a variable of so many bytes");
        check(numbered("bytes-read-", number), reads_back(bytes[i]), "has them all");
    }
    variable_delete(name);
}

/* The maximum includes what the store needs for itself, the name perhaps. */
static void largest(void)
{
    UINT64 storage;
    UINT64 remaining;
    UINT64 most;
    EFI_STATUS status = runtime->QueryVariableInfo(BS, &storage, &remaining, &most);

    topic("variables.limit", "8.2.4");
    if (!need_status(status, "variable information") || !need(most < DATA_BYTES, "limit"))
        return;
    check_refused("above", set(BS, most + 1), "one byte more than the largest variable has");
    check("above-none", !variable_exists(name), "makes nothing");
    check_status("largest", set(BS, most - sizeof(name)), EFI_SUCCESS,
                 "the largest variable, its name counted");
    variable_delete(name);
    check_refused("huge", set(BS, DATA_BYTES), "a megabyte is too much");
    check_refused("endless", set(BS, ~(UINTN)0), "all the address space");
    check_refused("almost-endless", set(BS, ~(UINTN)0 - 64), "nearly all of it");
    check("huge-none", !variable_exists(name), "makes nothing");
}

static void many(void)
{
    bool all = true;

    topic("variables.limit", "8.2.3");
    for (UINTN i = 0; i < MANY; i++) {
        number_name(i);
        all = all && set(BS, 1 + i % 7) == EFI_SUCCESS;
    }
    check("many", all, "two hundred variables are made");
    for (UINTN i = 0; i < MANY; i++) {
        number_name(i);
        all = all && reads_back(1 + i % 7);
    }
    check("many-read", all, "all of them are there");
    for (UINTN i = 0; i < MANY; i++) {
        number_name(i);
        all = all && set(BS, 0) == EFI_SUCCESS;
    }
    check("many-deleted", all, "all of them are deleted");
}

/* Fills the storage of volatile variables, deletes them, and finds it as before. */
static void full(void)
{
    EFI_STATUS status = EFI_SUCCESS;
    UINTN count = 0;
    UINTN again = 0;

    topic("variables.limit", "8.2.3");
    while (status == EFI_SUCCESS && count < PIECES_MAX) {
        number_name(count);
        status = set(BS, PIECE);
        count += status == EFI_SUCCESS;
    }
    check_status("full", status, EFI_OUT_OF_RESOURCES, "at last there is no room");
    check("full-none", !variable_exists(name), "the one that had none is not made");
    number_name(0);
    check("full-first", reads_back(PIECE), "the first is still there");
    for (UINTN i = 0; i < count; i++) {
        number_name(i);
        set(BS, 0);
    }
    do {
        number_name(again);
        status = set(BS, PIECE);
    } while (status == EFI_SUCCESS && ++again < count);
    check_number("room-again", again, count, "deleting gives all the room back");
    for (UINTN i = 0; i < again; i++) {
        number_name(i);
        set(BS, 0);
    }
}

void variables_limit_tests(void)
{
    EFI_STATUS status = boot->AllocatePool(EfiLoaderData, DATA_BYTES, (void **)&data);

    topic("variables.limit", "8.2.3");
    if (!need_status(status, "buffer"))
        return;
    for (UINTN i = 0; i < DATA_BYTES; i++)
        data[i] = (UINT8)(i * 7 + (i >> 8));
    sizes();
    largest();
    many();
    full();
    boot->FreePool(data);
}
