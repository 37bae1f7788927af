/* UpdateCapsule and QueryCapsuleCapabilities. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/runtime.h"

static EFI_CAPSULE_HEADER capsule;
static EFI_CAPSULE_HEADER *capsules[] = {&capsule};

/* A capsule for nobody. */
static void make(UINT32 flags)
{
    capsule.CapsuleGuid = test_guids[0];
    capsule.HeaderSize = sizeof(capsule);
    capsule.CapsuleImageSize = sizeof(capsule);
    capsule.Flags = flags;
}

static EFI_STATUS query(UINTN count)
{
    UINT64 size;
    EFI_RESET_TYPE type;

    return runtime->QueryCapsuleCapabilities(capsules, count, &size, &type);
}

static void update(void)
{
    topic("runtime.update-capsule", "8.5.3");
    make(0);
    check_status("none", runtime->UpdateCapsule(capsules, 0, 0), EFI_INVALID_PARAMETER,
                 "there must be at least one");
    check_status("unknown", runtime->UpdateCapsule(capsules, 1, 0), EFI_UNSUPPORTED,
                 "a capsule of a kind that nobody knows");
    make(CAPSULE_FLAGS_POPULATE_SYSTEM_TABLE);
    check_status("populate-only", runtime->UpdateCapsule(capsules, 1, 0), EFI_INVALID_PARAMETER,
                 "what is to be listed after a reset must outlast it");
    make(CAPSULE_FLAGS_INITIATE_RESET);
    check_status("reset-only", runtime->UpdateCapsule(capsules, 1, 0), EFI_INVALID_PARAMETER,
                 "what starts a reset must, too");
}

static void capabilities(void)
{
    UINT64 size;
    EFI_RESET_TYPE type;

    topic("runtime.query-capsule", "8.5.3.4");
    make(0);
    check_status("none", query(0), EFI_INVALID_PARAMETER, "there must be at least one");
    check_status("no-size", runtime->QueryCapsuleCapabilities(capsules, 1, NULL, &type),
                 EFI_INVALID_PARAMETER, "each place must be given");
    check_status("no-type", runtime->QueryCapsuleCapabilities(capsules, 1, &size, NULL),
                 EFI_INVALID_PARAMETER, "each place must be given");
    check_status("unknown", query(1), EFI_UNSUPPORTED, "a capsule of a kind that nobody knows");
    make(CAPSULE_FLAGS_POPULATE_SYSTEM_TABLE);
    check_status("populate-only", query(1), EFI_INVALID_PARAMETER,
                 "what is to be listed after a reset must outlast it");
    make(CAPSULE_FLAGS_INITIATE_RESET);
    check_status("reset-only", query(1), EFI_INVALID_PARAMETER, "what starts a reset must, too");
}

void runtime_capsule_tests(void)
{
    update();
    capabilities();
}
