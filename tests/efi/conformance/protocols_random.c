/* EFI_RNG_PROTOCOL. */
#include "loader/lib/string.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/protocols.h"

#define ALGORITHMS_MAX 16
#define BYTES          64

static EFI_RNG_PROTOCOL *rng;
static EFI_RNG_ALGORITHM algorithms[ALGORITHMS_MAX];
static UINTN count;

static void information(void)
{
    UINTN bytes = 0;
    UINTN needed;
    EFI_STATUS status = rng->GetInfo(rng, &bytes, NULL);

    topic("protocols.rng-info", "37.5.2");
    check_status("size", status, EFI_BUFFER_TOO_SMALL, "the size of the list is asked");
    check("size-told", bytes >= sizeof(algorithms[0]) && bytes % sizeof(algorithms[0]) == 0,
          "it is that of some algorithms");
    needed = bytes;
    bytes = sizeof(algorithms);
    check_status("list", rng->GetInfo(rng, &bytes, algorithms), EFI_SUCCESS, "they are listed");
    check_number("list-size", bytes, needed, "as many as was said");
    count = bytes / sizeof(algorithms[0]);
    bytes = needed - 1;
    check_status("too-small", rng->GetInfo(rng, &bytes, algorithms), EFI_BUFFER_TOO_SMALL,
                 "a byte too few");
    check_status("no-size", rng->GetInfo(rng, NULL, algorithms), EFI_INVALID_PARAMETER,
                 "a size must be given");
}

static bool all_the_same(const UINT8 *value)
{
    for (UINTN i = 1; i < BYTES; i++) {
        if (value[i] != value[0])
            return false;
    }
    return true;
}

/* Raw entropy may run dry for a moment. */
static bool differs(EFI_RNG_ALGORITHM *algorithm)
{
    UINT8 first[BYTES] = {0};
    UINT8 second[BYTES] = {0};

    return rng->GetRNG(rng, algorithm, BYTES, first) == EFI_SUCCESS &&
           rng->GetRNG(rng, algorithm, BYTES, second) == EFI_SUCCESS && !all_the_same(first) &&
           memcmp(first, second, BYTES) != 0;
}

static void numbers(void)
{
    bool all = true;

    topic("protocols.rng-get", "37.5.3");
    check("default", differs(NULL), "random numbers, other ones each time");
    for (UINTN i = 0; i < count; i++)
        all = all && differs(&algorithms[i]);
    check("algorithms", all, "by each algorithm that is listed");
}

static void lengths(void)
{
    static const UINTN samples[] = {1, 7, 8, 9, 31};
    UINT8 value[BYTES];

    topic("protocols.rng-get", "37.5.3");
    for (UINTN i = 0; i < COUNT_OF(samples); i++) {
        memset(value, 0, sizeof(value));
        check(numbered("length-", (unsigned int)samples[i]),
              rng->GetRNG(rng, NULL, samples[i], value + 1) == EFI_SUCCESS && value[0] == 0 &&
                  value[samples[i] + 1] == 0,
              "as many bytes as were asked for, and no more");
    }
}

static void wrong_parameters(void)
{
    EFI_RNG_ALGORITHM unknown = test_guids[0];
    UINT8 value[4];

    topic("protocols.rng-get", "37.5.3");
    check_status("unknown", rng->GetRNG(rng, &unknown, sizeof(value), value), EFI_UNSUPPORTED,
                 "an algorithm that there is not");
    check_status("no-length", rng->GetRNG(rng, NULL, 0, value), EFI_INVALID_PARAMETER,
                 "at least one byte");
    check_status("no-value", rng->GetRNG(rng, NULL, 4, NULL), EFI_INVALID_PARAMETER,
                 "a place for them must be given");
}

void protocols_random_tests(void)
{
    static EFI_GUID guid = EFI_RNG_PROTOCOL_GUID;
    void *protocol;

    topic("protocols.rng", "37.5.1");
    if (boot->LocateProtocol(&guid, NULL, &protocol) != EFI_SUCCESS) {
        skip("there", "no random numbers");
        topic("protocols.rng-info", "37.5.2");
        skip_topic("no random numbers");
        topic("protocols.rng-get", "37.5.3");
        skip_topic("no random numbers");
        return;
    }
    rng = protocol;
    information();
    numbers();
    lengths();
    wrong_parameters();
}
