#include "hypercall/grant_table.h"

#include <stddef.h>

#include <xen/errno.h>

#include "hypercall/hypercall.h"
#include "hypercall/memory.h"
#include "hypercall/sched.h"
#include "loader/lib/log.h"
#include "loader/x86/tsc.h"

#define PAGE_SHIFT      12
#define PAGE_BYTES      4096u
#define FRAME_ENTRIES   (PAGE_BYTES / sizeof(struct grant_entry_v1))
#define WORD_BITS       64u
#define FRAME_WORDS     (FRAME_ENTRIES / WORD_BITS)
#define CLOSE_WAIT_NS   1000000000ull
#define SUPPORTED_TABLE 1u

static struct grant_entry_v1 *table;
static uint64_t first_gfn;
static unsigned int frames;
static unsigned int frames_max;
/* A bit for each reference that is taken. */
static uint64_t taken[GRANT_TABLE_FRAMES_MAX * FRAME_WORDS];
/* No word below this one has a free bit. */
static unsigned int first_free_word;

static int operate(unsigned int operation, void *request)
{
    return (int)hypercall(__HYPERVISOR_grant_table_op, operation, (uintptr_t)request, 1, 0, 0);
}

static int query_frames_max(unsigned int *ret_frames)
{
    struct gnttab_query_size request = {.dom = DOMID_SELF};
    int result = operate(GNTTABOP_query_size, &request);

    if (!result && request.status != GNTST_okay)
        result = -XEN_ENODEV;
    if (!result)
        *ret_frames = request.max_nr_frames < GRANT_TABLE_FRAMES_MAX ? request.max_nr_frames
                                                                     : GRANT_TABLE_FRAMES_MAX;
    return result;
}

/* A domain starts with version 1, and cannot leave version 2 while something is granted. */
static int check_version(void)
{
    struct gnttab_get_version request = {.dom = DOMID_SELF};
    int result = operate(GNTTABOP_get_version, &request);

    return !result && request.version != SUPPORTED_TABLE ? -XEN_ENODEV : result;
}

static int map_frame(void)
{
    int result;

    if (frames == frames_max)
        return -XEN_ENOSPC;
    result = memory_map_grant_frame(frames, first_gfn + frames);
    if (!result)
        frames++;
    return result;
}

int grant_table_open(uint64_t hole_gfn)
{
    int result = query_frames_max(&frames_max);

    if (!result)
        result = check_version();
    if (!result && !frames_max)
        result = -XEN_ENODEV;
    if (result)
        return result;
    first_gfn = hole_gfn;
    result = map_frame();
    if (result)
        return result;
    table = (struct grant_entry_v1 *)(uintptr_t)(hole_gfn << PAGE_SHIFT);
    taken[0] = (1u << GNTTAB_NR_RESERVED_ENTRIES) - 1;
    return 0;
}

static bool is_taken(grant_ref_t reference)
{
    return taken[reference / WORD_BITS] >> (reference % WORD_BITS) & 1;
}

static int take(grant_ref_t *ret_reference)
{
    unsigned int word = first_free_word;
    int result = 0;

    while (word < GRANT_TABLE_FRAMES_MAX * FRAME_WORDS && !~taken[word])
        word++;
    first_free_word = word;
    if (word >= frames * FRAME_WORDS)
        result = map_frame();
    if (result)
        return result;
    *ret_reference = word * WORD_BITS + (unsigned int)__builtin_ctzll(~taken[word]);
    taken[word] |= 1ull << *ret_reference % WORD_BITS;
    return 0;
}

static void release(grant_ref_t reference)
{
    unsigned int word = reference / WORD_BITS;

    taken[word] &= ~(1ull << reference % WORD_BITS);
    if (word < first_free_word)
        first_free_word = word;
}

int grant_table_permit(domid_t domid, uint64_t gfn, bool read_only, grant_ref_t *ret_reference)
{
    struct grant_entry_v1 *entry;
    int result;

    if (!table)
        return -XEN_ENODEV;
    if (gfn > UINT32_MAX)
        return -XEN_EINVAL;
    result = take(ret_reference);
    if (result)
        return result;
    entry = &table[*ret_reference];
    entry->domid = domid;
    entry->frame = (uint32_t)gfn;
    /* The type makes it valid, so it comes last. */
    __atomic_store_n(&entry->flags, GTF_permit_access | (read_only ? GTF_readonly : 0),
                     __ATOMIC_RELEASE);
    return 0;
}

int grant_table_end(grant_ref_t reference)
{
    uint16_t *flags = &table[reference].flags;
    uint16_t old = __atomic_load_n(flags, __ATOMIC_ACQUIRE);

    do {
        if (old & (GTF_reading | GTF_writing))
            return -XEN_EBUSY;
    } while (
        !__atomic_compare_exchange_n(flags, &old, 0, false, __ATOMIC_SEQ_CST, __ATOMIC_ACQUIRE));
    release(reference);
    return 0;
}

/* Tries until tsc_now_ns() is `deadline_ns`. */
static int end_wait(grant_ref_t reference, uint64_t deadline_ns)
{
    int result;

    while ((result = grant_table_end(reference)) && tsc_now_ns() < deadline_ns)
        sched_yield();
    return result;
}

static unsigned int end_all(void)
{
    uint64_t deadline = tsc_now_ns() + CLOSE_WAIT_NS;
    unsigned int in_use = 0;

    for (grant_ref_t i = GNTTAB_NR_RESERVED_ENTRIES; i < frames * FRAME_ENTRIES; i++) {
        if (is_taken(i) && end_wait(i, deadline))
            in_use++;
    }
    return in_use;
}

void grant_table_close(void)
{
    unsigned int in_use;

    if (!table)
        return;
    in_use = end_all();
    if (in_use)
        log_warn("grants: %u pages stay in use by other domains", in_use);
    while (frames) {
        int result = memory_unmap(first_gfn + --frames);

        if (result)
            log_warn("grants: a frame of the table stays mapped (%d)", result);
    }
    table = NULL;
}
