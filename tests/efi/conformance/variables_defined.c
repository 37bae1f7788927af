/* Variables that the specification defines. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/variable.h"
#include "tests/efi/conformance/variables.h"

static EFI_GUID global = EFI_GLOBAL_VARIABLE;

static EFI_STATUS set(const CHAR16 *name, UINT32 attributes, UINTN bytes)
{
    static UINT8 data[16];

    return runtime->SetVariable((CHAR16 *)(UINTN)name, &global, attributes, bytes, data);
}

static void delete (const CHAR16 *name)
{
    set(name, 0, 0);
}

static void own_names(void)
{
    topic("variables.defined", "3.3");
    check_refused("unknown", set(L"Conformance", BS_RT, 4),
                  "the specification's vendor is not for others' variables");
    check_refused("unknown-boot", set(L"Boot12G4", NV_BS_RT, 16), "nor for similar names");
    check_refused("lower-case", set(L"boot1234", NV_BS_RT, 16), "or another case");
}

static void attributes(void)
{
    topic("variables.defined", "3.3");
    check_refused("boot-next-bs", set(L"BootNext", BS, 2), "BootNext must be NV, BS, RT");
    check_refused("boot-next-volatile", set(L"BootNext", BS_RT, 2), "BootNext must be NV, BS, RT");
    check_status("boot-next", set(L"BootNext", NV_BS_RT, 2), EFI_SUCCESS, "which it may be");
    check_status("boot-next-delete", set(L"BootNext", NV_BS_RT, 0), EFI_SUCCESS,
                 "it may be deleted");
    check_refused("timeout-bs", set(L"Timeout", BS, 2), "Timeout must be NV, BS, RT");
    check_refused("sys-prep-order", set(L"SysPrepOrder", BS_RT, 2), "so must SysPrepOrder");
    check_refused("driver-volatile", set(L"Driver0001", BS_RT, 16), "and Driver####");
    delete (L"BootNext");
}

/* Only the firmware says whether Secure Boot is on. */
static void read_only(void)
{
    topic("variables.read-only", "3.3");
    check_refused("secure-boot", set(L"SecureBoot", BS_RT, 1), "SecureBoot is not set by clients");
    check_refused("secure-boot-nv", set(L"SecureBoot", NV_BS_RT, 1), "nor made one that is kept");
    check_refused("secure-boot-delete", set(L"SecureBoot", 0, 0), "nor deleted");
    check_refused("setup-mode", set(L"SetupMode", BS_RT, 1), "nor is SetupMode");
    check_refused("os-indications-supported", set(L"OsIndicationsSupported", NV_BS_RT, 8),
                  "OsIndicationsSupported is not kept");
}

void variables_defined_tests(void)
{
    own_names();
    attributes();
    read_only();
}
