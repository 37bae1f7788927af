/* Grants, ended in order, while in use, and all at once. */
#include "hypercall/grant_table.h"

#include <stdint.h>
#include <string.h>

#include <xen/errno.h>

#include "tests/unit/fake_hypercall.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/fake_tsc.h"
#include "tests/unit/isolated.h"
#include "tests/unit/log_capture.h"

#define S           1000000000ull /* ns */
#define HOLE        (FAKE_MEMORY_START >> 12)
#define PER_FRAME   512u
#define FIRST       GNTTAB_NR_RESERVED_ENTRIES
#define XENMAPSPACE 1u /* XENMAPSPACE_grant_table */
#define FRAMES      2u
#define BACKEND     3u

static struct grant_entry_v1 *table;

/* What the toolstack put there. */
static int start(void **state)
{
    fake_memory_setup(state);
    table = (struct grant_entry_v1 *)(uintptr_t)FAKE_MEMORY_START;
    for (unsigned int i = 0; i < FIRST; i++)
        table[i] = (struct grant_entry_v1){.flags = GTF_permit_access, .frame = 0xfeff0 + i};
    fake_hypercall.grant_frames_max = FRAMES;
    fake_tsc.step_ns = 1000000;
    return 0;
}

static int start_open(void **state)
{
    start(state);
    return grant_table_open(HOLE);
}

static grant_ref_t permit(uint64_t gfn)
{
    grant_ref_t reference = 0;

    assert_int_equal(grant_table_permit(BACKEND, gfn, false, &reference), 0);
    return reference;
}

static void assert_toolstacks_own_are_untouched(void)
{
    for (unsigned int i = 0; i < FIRST; i++) {
        assert_int_equal(table[i].flags, GTF_permit_access);
        assert_int_equal(table[i].frame, 0xfeff0 + i);
    }
}

static void test_first_frame_is_mapped(void **state)
{
    (void)state;
    assert_int_equal(fake_hypercall.pages_mapped, 1);
    assert_int_equal(fake_hypercall.last_gfn, HOLE);
    assert_int_equal(fake_hypercall.last_space, XENMAPSPACE);
    assert_int_equal(fake_hypercall.last_index, 0);
}

static void test_domain_that_may_not_grant(void **state)
{
    grant_ref_t reference;

    (void)state;
    fake_hypercall.grant_frames_max = 0;
    assert_int_equal(grant_table_open(HOLE), -XEN_ENODEV);
    assert_int_equal(fake_hypercall.pages_mapped, 0);
    assert_int_equal(grant_table_permit(BACKEND, 1, false, &reference), -XEN_ENODEV);
    grant_table_close();
}

static void test_table_of_version_2_is_left_alone(void **state)
{
    (void)state;
    fake_hypercall.grant_version = 2;
    assert_int_equal(grant_table_open(HOLE), -XEN_ENODEV);
    assert_int_equal(fake_hypercall.pages_mapped, 0);
}

static void test_frame_that_cannot_be_mapped(void **state)
{
    grant_ref_t reference;

    (void)state;
    fake_hypercall.map_result = -XEN_ENOMEM;
    assert_int_equal(grant_table_open(HOLE), -XEN_ENOMEM);
    assert_int_equal(grant_table_permit(BACKEND, 1, false, &reference), -XEN_ENODEV);
}

static void test_permit_writes_an_entry(void **state)
{
    grant_ref_t reference = permit(0x12345);

    (void)state;
    assert_int_equal(reference, FIRST);
    assert_int_equal(table[reference].flags, GTF_permit_access);
    assert_int_equal(table[reference].domid, BACKEND);
    assert_int_equal(table[reference].frame, 0x12345);
    assert_int_equal(grant_table_permit(BACKEND, 1, true, &reference), 0);
    assert_int_equal(table[reference].flags, GTF_permit_access | GTF_readonly);
    assert_toolstacks_own_are_untouched();
}

static void test_page_beyond_the_entrys_reach(void **state)
{
    grant_ref_t reference = 0;

    (void)state;
    assert_int_equal(grant_table_permit(BACKEND, 1ull << 32, false, &reference), -XEN_EINVAL);
    assert_int_equal(grant_table_permit(BACKEND, UINT32_MAX, false, &reference), 0);
    assert_int_equal(table[reference].frame, UINT32_MAX);
}

static void test_end_frees_the_reference(void **state)
{
    grant_ref_t first = permit(1);
    grant_ref_t second = permit(2);

    (void)state;
    assert_int_not_equal(first, second);
    assert_int_equal(grant_table_end(first), 0);
    assert_int_equal(table[first].flags, 0);
    assert_int_equal(table[second].flags, GTF_permit_access);
    assert_int_equal(permit(3), first);
}

static void test_end_of_one_in_use(void **state)
{
    static const uint16_t uses[] = {GTF_reading, GTF_writing, GTF_reading | GTF_writing};
    grant_ref_t reference = permit(1);

    (void)state;
    for (size_t i = 0; i < sizeof(uses) / sizeof(uses[0]); i++) {
        table[reference].flags = GTF_permit_access | uses[i];
        assert_int_equal(grant_table_end(reference), -XEN_EBUSY);
        assert_int_equal(table[reference].flags, GTF_permit_access | uses[i]);
        assert_int_not_equal(permit(2), reference);
    }
    table[reference].flags = GTF_permit_access;
    assert_int_equal(grant_table_end(reference), 0);
}

static void backend_lets_go(void)
{
    if (fake_tsc.now_ns > S / 2)
        table[FIRST].flags = GTF_permit_access;
}

static void test_close_waits_for_a_slow_back_end(void **state)
{
    grant_ref_t reference = permit(1);

    (void)state;
    fake_hypercall.on_yield = backend_lets_go;
    table[reference].flags |= GTF_writing;
    grant_table_close();
    assert_in_range(fake_tsc.now_ns, S / 2, S);
    assert_int_equal(table[reference].flags, 0);
    assert_string_equal(log_capture_last(), "");
}

static void test_table_grows_and_is_full(void **state)
{
    grant_ref_t reference;

    (void)state;
    for (unsigned int i = FIRST; i < FRAMES * PER_FRAME; i++)
        assert_int_equal(permit(i), i);
    assert_int_equal(fake_hypercall.pages_mapped, FRAMES);
    assert_int_equal(fake_hypercall.last_gfn, HOLE + 1);
    assert_int_equal(fake_hypercall.last_index, 1);
    assert_int_equal(grant_table_permit(BACKEND, 1, false, &reference), -XEN_ENOSPC);
    assert_int_equal(grant_table_end(700), 0);
    assert_int_equal(permit(1), 700);
}

static void test_more_frames_than_there_is_room_for(void **state)
{
    grant_ref_t reference;

    (void)state;
    fake_hypercall.grant_frames_max = UINT32_MAX;
    assert_int_equal(grant_table_open(HOLE), 0);
    for (unsigned int i = FIRST; i < GRANT_TABLE_FRAMES_MAX * PER_FRAME; i++)
        assert_int_equal(permit(i), i);
    assert_int_equal(grant_table_permit(BACKEND, 1, false, &reference), -XEN_ENOSPC);
    assert_int_equal(fake_hypercall.pages_mapped, GRANT_TABLE_FRAMES_MAX);
    grant_table_close();
    assert_int_equal(fake_hypercall.pages_mapped, 0);
}

static void test_close_ends_everything(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < PER_FRAME + 5; i++)
        permit(i);
    grant_table_close();
    for (unsigned int i = FIRST; i < FRAMES * PER_FRAME; i++)
        assert_int_equal(table[i].flags, 0);
    assert_toolstacks_own_are_untouched();
    assert_int_equal(fake_hypercall.pages_mapped, 0);
    assert_string_equal(log_capture_last(), "");
}

static void test_close_does_not_wait_for_ever(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < 100; i++)
        table[permit(i)].flags |= GTF_reading;
    grant_table_close();
    assert_in_range(fake_tsc.now_ns, S, S + S / 2);
    assert_non_null(strstr(log_capture_last(), "100 pages stay in use"));
    assert_int_equal(fake_hypercall.pages_mapped, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_first_frame_is_mapped, start_open),
        cmocka_unit_test_setup(test_domain_that_may_not_grant, start),
        cmocka_unit_test_setup(test_table_of_version_2_is_left_alone, start),
        cmocka_unit_test_setup(test_frame_that_cannot_be_mapped, start),
        cmocka_unit_test_setup(test_permit_writes_an_entry, start_open),
        cmocka_unit_test_setup(test_page_beyond_the_entrys_reach, start_open),
        cmocka_unit_test_setup(test_end_frees_the_reference, start_open),
        cmocka_unit_test_setup(test_end_of_one_in_use, start_open),
        cmocka_unit_test_setup(test_close_waits_for_a_slow_back_end, start_open),
        cmocka_unit_test_setup(test_table_grows_and_is_full, start_open),
        cmocka_unit_test_setup(test_more_frames_than_there_is_room_for, start),
        cmocka_unit_test_setup(test_close_ends_everything, start_open),
        cmocka_unit_test_setup(test_close_does_not_wait_for_ever, start_open),
    };

    return isolated_run(tests);
}
