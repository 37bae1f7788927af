/* Runtime drivers and notifications, from their records to what SetVirtualAddressMap does with
 * them. */
#include "shim/runtime_followers.h"

#include <string.h>

#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

#define IMAGE_BYTES 0x3000u
#define RELOCATIONS 0x2000u
#define DELTA       0x7fff00000000u

static _Alignas(4096) uint8_t driver_image[IMAGE_BYTES];
static struct runtime_followers followers;
static unsigned int calls[4];
static unsigned int call_count;

static void put(uint32_t offset, const void *data, size_t bytes)
{
    memcpy(driver_image + offset, data, bytes);
}

static uint64_t word_at(uint32_t offset)
{
    uint64_t value;

    memcpy(&value, driver_image + offset, sizeof(value));
    return value;
}

/* Two 64-bit addresses, at 0x1010 and 0x1020. */
static struct pe_image driver(void)
{
    const uint32_t block[] = {0x1000, 12};
    const uint16_t fixups[] = {0xa010, 0xa020};
    const uint64_t address = 0x123000;

    memset(driver_image, 0, sizeof(driver_image));
    put(RELOCATIONS, block, sizeof(block));
    put(RELOCATIONS + sizeof(block), fixups, sizeof(fixups));
    put(0x1010, &address, sizeof(address));
    put(0x1020, &address, sizeof(address));
    return (struct pe_image){
        .image_bytes = IMAGE_BYTES, .relocation_rva = RELOCATIONS, .relocation_bytes = 12};
}

static int start(void **state)
{
    (void)state;
    fake_memory_init();
    memset(&followers, 0, sizeof(followers));
    call_count = 0;
    runtime_followers_init(&followers);
    return 0;
}

static void EFIAPI note_call(EFI_EVENT event, void *context)
{
    (void)event;
    calls[call_count++] = *(unsigned int *)context;
}

static void test_unchanged_addresses_follow(void **state)
{
    struct pe_image pe = driver();

    (void)state;
    assert_int_equal(runtime_followers_add_driver((uintptr_t)driver_image, &pe), EFI_SUCCESS);
    follower_relocate(followers.drivers, DELTA);
    assert_int_equal(word_at(0x1010), 0x123000 + DELTA);
    assert_int_equal(word_at(0x1020), 0x123000 + DELTA);
}

static void test_what_the_driver_changed_stays(void **state)
{
    struct pe_image pe = driver();
    const uint64_t converted = 0xffff800000000000u;

    (void)state;
    assert_int_equal(runtime_followers_add_driver((uintptr_t)driver_image, &pe), EFI_SUCCESS);
    put(0x1010, &converted, sizeof(converted));
    follower_relocate(followers.drivers, DELTA);
    assert_int_equal(word_at(0x1010), converted);
    assert_int_equal(word_at(0x1020), 0x123000 + DELTA);
}

static void test_removed_driver_is_forgotten(void **state)
{
    struct pe_image pe = driver();

    (void)state;
    assert_int_equal(runtime_followers_add_driver((uintptr_t)driver_image, &pe), EFI_SUCCESS);
    runtime_followers_remove_driver((uintptr_t)driver_image + 1);
    assert_non_null(followers.drivers);
    runtime_followers_remove_driver((uintptr_t)driver_image);
    assert_null(followers.drivers);
}

static void test_damaged_relocations_are_refused(void **state)
{
    struct pe_image pe = driver();

    (void)state;
    pe.relocation_rva = IMAGE_BYTES;
    assert_int_equal(runtime_followers_add_driver((uintptr_t)driver_image, &pe), EFI_LOAD_ERROR);
    assert_null(followers.drivers);
}

static void test_notifications_run_by_level_then_age(void **state)
{
    static unsigned int number[] = {0, 1, 2, 3};
    const EFI_TPL level[] = {TPL_CALLBACK, TPL_NOTIFY, TPL_CALLBACK, TPL_NOTIFY};

    (void)state;
    for (unsigned int i = 0; i < 4; i++)
        assert_int_equal(
            runtime_followers_add_notification(&number[i], level[i], note_call, &number[i]),
            EFI_SUCCESS);
    followers_notify(&followers);
    assert_int_equal(call_count, 4);
    assert_int_equal(calls[0], 1);
    assert_int_equal(calls[1], 3);
    assert_int_equal(calls[2], 0);
    assert_int_equal(calls[3], 2);
}

static void test_closed_event_is_not_notified(void **state)
{
    static unsigned int number[] = {0, 1};

    (void)state;
    runtime_followers_add_notification(&number[0], TPL_CALLBACK, note_call, &number[0]);
    runtime_followers_add_notification(&number[1], TPL_CALLBACK, note_call, &number[1]);
    runtime_followers_remove_notification(&number[0]);
    followers_notify(&followers);
    assert_int_equal(call_count, 1);
    assert_int_equal(calls[0], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_unchanged_addresses_follow, start),
        cmocka_unit_test_setup(test_what_the_driver_changed_stays, start),
        cmocka_unit_test_setup(test_removed_driver_is_forgotten, start),
        cmocka_unit_test_setup(test_damaged_relocations_are_refused, start),
        cmocka_unit_test_setup(test_notifications_run_by_level_then_age, start),
        cmocka_unit_test_setup(test_closed_event_is_not_notified, start),
    };

    return isolated_run(tests);
}
