#include "tests/efi/conformance/exit_variable.h"

#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/exit.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/variable.h"

#define NAME_UNITS    512
#define VARIABLES_MAX 10000

static const char *id;

/* Each named after its attributes. */
void exit_variable_prepare(void)
{
    topic("exit", "8.2.3");
    need_status(variable_set_text(L"ExitBs", BS, "bs"), "variable");
    need_status(variable_set_text(L"ExitBsRt", BS_RT, "bs rt"), "variable");
    need_status(variable_set_text(L"ExitNvBs", NV_BS, "nv bs"), "variable");
    need_status(variable_set_text(L"ExitNvBsRt", NV_BS_RT, "nv bs rt"), "variable");
}

static void reading(void)
{
    topic(id, "8.2.1");
    check("bs", !variable_exists(L"ExitBs"), "what is for boot services is gone");
    check("nv-bs", !variable_exists(L"ExitNvBs"), "or hidden, when it is kept");
    check("bs-rt", variable_is(L"ExitBsRt", BS_RT, "bs rt"), "what has runtime access is there");
    check("nv-bs-rt", variable_is(L"ExitNvBsRt", NV_BS_RT, "nv bs rt"), "kept or not");
}

static void writing(void)
{
    topic(id, "8.2.3");
    check_status("change", variable_set_text(L"ExitNvBsRt", NV_BS_RT, "other"), EFI_SUCCESS,
                 "what is kept can be changed");
    check("change-data", variable_is(L"ExitNvBsRt", NV_BS_RT, "other"), "and is");
    check_status("append",
                 variable_set_text(L"ExitNvBsRt", NV_BS_RT | EFI_VARIABLE_APPEND_WRITE, " data"),
                 EFI_SUCCESS, "appended to");
    check("append-data", variable_is(L"ExitNvBsRt", NV_BS_RT, "other data"), "and is");
    check_status("delete", variable_set_text(L"ExitNvBsRt", NV_BS_RT, ""), EFI_SUCCESS,
                 "and deleted");
    check("delete-gone", !variable_exists(L"ExitNvBsRt"), "and is");
    check_status("create", variable_set_text(L"ExitNvBsRt", NV_BS_RT, "nv bs rt"), EFI_SUCCESS,
                 "a new one is made");
    check("create-data", variable_is(L"ExitNvBsRt", NV_BS_RT, "nv bs rt"), "and is there");
}

static void not_writing(void)
{
    topic(id, "8.2.3");
    check_refused("volatile-change", variable_set_text(L"ExitBsRt", BS_RT, "other"),
                  "what is not kept cannot be changed");
    check_refused("volatile-append",
                  variable_set_text(L"ExitBsRt", BS_RT | EFI_VARIABLE_APPEND_WRITE, "other"),
                  "appended to");
    check_refused("volatile-delete", variable_set_text(L"ExitBsRt", BS_RT, ""), "or deleted");
    check("volatile-kept", variable_is(L"ExitBsRt", BS_RT, "bs rt"), "it stays as it was");
    check_refused("volatile-new", variable_set_text(L"ExitNew", BS_RT, "new"), "nor made");
    check_refused("boot-new", variable_set_text(L"ExitNew", NV_BS, "new"),
                  "nor one for boot services");
    check("none-new", !variable_exists(L"ExitNew"), "none is made");
    check_refused("boot-change", variable_set_text(L"ExitNvBs", NV_BS, "other"),
                  "what cannot be seen cannot be changed");
    check_refused("boot-delete", variable_set_text(L"ExitNvBs", NV_BS, ""), "or deleted");
}

static void listing(void)
{
    static CHAR16 name[NAME_UNITS];
    UINTN own = 0;
    UINTN count = 0;
    EFI_GUID vendor;
    EFI_STATUS status;

    name[0] = 0;
    do {
        UINTN bytes = sizeof(name);

        status = runtime->GetNextVariableName(&bytes, name, &vendor);
        own += status == EFI_SUCCESS && guid_is(&vendor, &variable_vendor);
    } while (status == EFI_SUCCESS && ++count < VARIABLES_MAX);
    topic(id, "8.2.2");
    check_status("list-end", status, EFI_NOT_FOUND, "all variables are listed");
    check_number("list", own, 2, "only those with runtime access");
}

static void storage(void)
{
    UINT64 all = 0;
    UINT64 remaining = 0;
    UINT64 largest = 0;
    EFI_STATUS status = runtime->QueryVariableInfo(NV_BS_RT, &all, &remaining, &largest);

    topic(id, "8.2.4");
    check_status("storage", status, EFI_SUCCESS, "the storage is known");
    check("storage-remaining", remaining <= all, "of which not more than all is left");
    check_refused("storage-boot", runtime->QueryVariableInfo(NV_BS, &all, &remaining, &largest),
                  "not that of variables which cannot be seen");
}

void exit_variable_tests(const char *name)
{
    id = name;
    reading();
    writing();
    not_writing();
    listing();
    storage();
}
