#include "tests/efi/conformance/exit_service.h"

#include <stdbool.h>

#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/clock.h"
#include "tests/efi/conformance/config_table.h"
#include "tests/efi/conformance/exit.h"
#include "tests/efi/conformance/exit_variable.h"
#include "tests/efi/conformance/fixture.h"

/* EFI_RT_SUPPORTED_* (4.6.2). */
#define SUPPORTED_GET_TIME        0x0001u
#define SUPPORTED_SET_TIME        0x0002u
#define SUPPORTED_GET_WAKEUP_TIME 0x0004u
#define SUPPORTED_SET_WAKEUP_TIME 0x0008u

static const char *id;
/* Read while the properties table is where it says. */
static UINT32 supported;

/* What the properties table says that there is not must say so itself. */
static void check_supported(const char *name, UINT32 bit, EFI_STATUS status)
{
    if (supported & bit)
        check(name, status != EFI_UNSUPPORTED, "it is there, as the properties table says");
    else
        check_status(name, status, EFI_UNSUPPORTED, "it is not, as the properties table says");
}

static void time_services(void)
{
    EFI_TIME time = {.Year = 2030, .Month = 1, .Day = 1, .TimeZone = EFI_UNSPECIFIED_TIMEZONE};
    EFI_TIME wakeup = time;
    BOOLEAN enabled;
    BOOLEAN pending;

    topic(id, "8.3.1");
    if (clock_is_there())
        runtime->GetTime(&time, NULL);
    check_supported("get-time", SUPPORTED_GET_TIME, runtime->GetTime(&wakeup, NULL));
    check_status("get-time-nothing", runtime->GetTime(NULL, NULL), EFI_INVALID_PARAMETER,
                 "a place for the time must be given");
    topic(id, "8.3.2");
    check_supported("set-time", SUPPORTED_SET_TIME, runtime->SetTime(&time));
    topic(id, "8.3.3");
    check_supported("get-wakeup-time", SUPPORTED_GET_WAKEUP_TIME,
                    runtime->GetWakeupTime(&enabled, &pending, &wakeup));
    topic(id, "8.3.4");
    check_supported("set-wakeup-time", SUPPORTED_SET_WAKEUP_TIME,
                    runtime->SetWakeupTime(FALSE, NULL));
}

static void count(void)
{
    UINT32 first = 0;
    UINT32 second = 0;

    topic(id, "8.5.2");
    check_status("count", runtime->GetNextHighMonotonicCount(&first), EFI_SUCCESS,
                 "there is a count");
    runtime->GetNextHighMonotonicCount(&second);
    check_number("count-next", second - first, 1, "each call adds 1");
}

static void capsules(void)
{
    static EFI_CAPSULE_HEADER capsule;
    static EFI_CAPSULE_HEADER *list[] = {&capsule};
    UINT64 size;
    EFI_RESET_TYPE type;

    capsule = (EFI_CAPSULE_HEADER){test_guids[0], sizeof(capsule), 0, sizeof(capsule)};
    topic(id, "8.5.3");
    check_refused("capsule", runtime->UpdateCapsule(list, 1, 0), "a capsule for nobody");
    topic(id, "8.5.3.4");
    check_refused("capsule-query", runtime->QueryCapsuleCapabilities(list, 1, &size, &type),
                  "is not supported");
}

void exit_service_tests(const char *name)
{
    id = name;
    time_services();
    count();
    capsules();
}

void exit_physical_tests(void)
{
    void *pointer = &pointer;

    supported = config_table_services();
    exit_variable_tests("exit.variable");
    exit_service_tests("exit.service");
    topic("exit.convert-pointer", "8.4.2");
    check_refused("no-map", runtime->ConvertPointer(0, &pointer), "there is no map yet");
}
