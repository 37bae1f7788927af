/* EFI_RNG_PROTOCOL (UEFI 2.10 section 37.5) on CPUs with and without RDSEED and RDRAND. */
#include "shim/rng.h"

#include <string.h>

#include "loader/x86/entropy.h"
#include "shim/protocol/handle.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

#define SEED_BYTE 0x5e
#define RAND_BYTE 0x4a

/* Stands in for loader/x86/entropy.c. */
static struct {
    bool has_rdseed;
    bool has_rdrand;
    bool dry; /* RDSEED delivers nothing just now */
} cpu;

static const EFI_GUID rng_guid = EFI_RNG_PROTOCOL_GUID;
static EFI_RNG_ALGORITHM raw = EFI_RNG_ALGORITHM_RAW;
static EFI_RNG_ALGORITHM from_cpu = RNG_ALGORITHM_CPU_GUID;
static EFI_RNG_PROTOCOL *rng;

bool entropy_available(void)
{
    return cpu.has_rdseed || cpu.has_rdrand;
}

bool entropy_raw_available(void)
{
    return cpu.has_rdseed;
}

bool entropy_get_raw(void *ret_bytes, size_t bytes)
{
    assert_true(cpu.has_rdseed);
    memset(ret_bytes, SEED_BYTE, bytes);
    return !cpu.dry;
}

bool entropy_get(void *ret_bytes, size_t bytes)
{
    bool rand = !cpu.has_rdseed || cpu.dry;

    memset(ret_bytes, rand ? RAND_BYTE : SEED_BYTE, bytes);
    return !rand || cpu.has_rdrand;
}

static int start(void)
{
    EFI_HANDLE handle = NULL;

    fake_memory_init();
    if (rng_install(&handle) != EFI_SUCCESS)
        return 1;
    rng = handle ? handle_get_interface(handle, &rng_guid) : NULL;
    return 0;
}

static int start_with_both(void **state)
{
    (void)state;
    cpu.has_rdseed = true;
    cpu.has_rdrand = true;
    return start();
}

static int start_with_rdrand(void **state)
{
    (void)state;
    cpu.has_rdrand = true;
    return start();
}

static int start_with_rdseed(void **state)
{
    (void)state;
    cpu.has_rdseed = true;
    return start();
}

static int start_without(void **state)
{
    (void)state;
    return start();
}

static void test_no_protocol_without_random_numbers(void **state)
{
    (void)state;
    assert_null(rng);
}

static void test_both_algorithms_with_rdseed(void **state)
{
    EFI_RNG_ALGORITHM list[3];
    UINTN bytes = sizeof(list);

    (void)state;
    assert_int_equal(rng->GetInfo(rng, &bytes, list), EFI_SUCCESS);
    assert_int_equal(bytes, 2 * sizeof(list[0]));
    assert_memory_equal(&list[0], &from_cpu, sizeof(list[0]));
    assert_memory_equal(&list[1], &raw, sizeof(list[1]));
}

static void test_rdrand_alone_is_not_raw(void **state)
{
    EFI_RNG_ALGORITHM list[3];
    UINTN bytes = sizeof(list);
    UINT8 value[16];

    (void)state;
    assert_int_equal(rng->GetInfo(rng, &bytes, list), EFI_SUCCESS);
    assert_int_equal(bytes, sizeof(list[0]));
    assert_memory_equal(&list[0], &from_cpu, sizeof(list[0]));
    assert_int_equal(rng->GetRNG(rng, &raw, sizeof(value), value), EFI_UNSUPPORTED);
}

static void test_list_needs_room(void **state)
{
    EFI_RNG_ALGORITHM list[2];
    UINTN bytes = 0;

    (void)state;
    assert_int_equal(rng->GetInfo(rng, &bytes, NULL), EFI_BUFFER_TOO_SMALL);
    assert_int_equal(bytes, sizeof(list));
    bytes = sizeof(list) - 1;
    assert_int_equal(rng->GetInfo(rng, &bytes, list), EFI_BUFFER_TOO_SMALL);
    assert_int_equal(bytes, sizeof(list));
    assert_int_equal(rng->GetInfo(rng, &bytes, list), EFI_SUCCESS);
    assert_int_equal(rng->GetInfo(rng, &bytes, NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(rng->GetInfo(rng, NULL, list), EFI_INVALID_PARAMETER);
}

static void assert_value(EFI_RNG_ALGORITHM *algorithm, UINT8 expected)
{
    UINT8 value[64];

    memset(value, 0, sizeof(value));
    assert_int_equal(rng->GetRNG(rng, algorithm, sizeof(value) - 1, value), EFI_SUCCESS);
    for (size_t i = 0; i < sizeof(value) - 1; i++)
        assert_int_equal(value[i], expected);
    assert_int_equal(value[sizeof(value) - 1], 0);
}

static void test_values_with_both(void **state)
{
    (void)state;
    assert_value(NULL, SEED_BYTE);
    assert_value(&from_cpu, SEED_BYTE);
    assert_value(&raw, SEED_BYTE);
}

static void test_values_with_rdrand(void **state)
{
    (void)state;
    assert_value(NULL, RAND_BYTE);
    assert_value(&from_cpu, RAND_BYTE);
}

static void test_dry_rdseed_is_not_replaced_where_raw_is_wanted(void **state)
{
    UINT8 value[16];

    (void)state;
    cpu.dry = true;
    assert_int_equal(rng->GetRNG(rng, &raw, sizeof(value), value), EFI_NOT_READY);
    assert_value(NULL, RAND_BYTE);
}

static void test_nothing_ready(void **state)
{
    UINT8 value[16];

    (void)state;
    cpu.dry = true;
    assert_int_equal(rng->GetRNG(rng, NULL, sizeof(value), value), EFI_NOT_READY);
}

static void test_other_algorithms_are_unsupported(void **state)
{
    EFI_RNG_ALGORITHM ctr = EFI_RNG_ALGORITHM_SP800_90_CTR_256_GUID;
    UINT8 value[16];

    (void)state;
    assert_int_equal(rng->GetRNG(rng, &ctr, sizeof(value), value), EFI_UNSUPPORTED);
}

static void test_value_must_have_a_place_and_a_length(void **state)
{
    UINT8 value[16];

    (void)state;
    assert_int_equal(rng->GetRNG(rng, NULL, sizeof(value), NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(rng->GetRNG(rng, NULL, 0, value), EFI_INVALID_PARAMETER);
    assert_int_equal(rng->GetRNG(rng, &raw, 0, value), EFI_INVALID_PARAMETER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_no_protocol_without_random_numbers, start_without),
        cmocka_unit_test_setup(test_both_algorithms_with_rdseed, start_with_both),
        cmocka_unit_test_setup(test_rdrand_alone_is_not_raw, start_with_rdrand),
        cmocka_unit_test_setup(test_list_needs_room, start_with_both),
        cmocka_unit_test_setup(test_values_with_both, start_with_both),
        cmocka_unit_test_setup(test_values_with_rdrand, start_with_rdrand),
        cmocka_unit_test_setup(test_dry_rdseed_is_not_replaced_where_raw_is_wanted,
                               start_with_both),
        cmocka_unit_test_setup(test_nothing_ready, start_with_rdseed),
        cmocka_unit_test_setup(test_other_algorithms_are_unsupported, start_with_both),
        cmocka_unit_test_setup(test_value_must_have_a_place_and_a_length, start_with_both),
    };

    return isolated_run(tests);
}
