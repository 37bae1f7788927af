#include "tests/unit/fake_blkback.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <xen/grant_table.h>
#include <xen/io/xenbus.h>
#include <xen/io/xs_wire.h>

#include "hypercall/grant_table.h"
#include "hypercall/xenstore.h"
#include "shim/memory/page_alloc.h"
#include "tests/unit/fake_hypercall.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/fake_xenstored.h"

#define PAGE_BYTES 4096u
#define SECTOR     512u
#define FRAMES     32u
#define HOLE       (FAKE_MEMORY_START + PAGE_BYTES) /* xenstore's ring is the page before */
#define ENTRIES    (FRAMES * PAGE_BYTES / sizeof(struct grant_entry_v1))

struct fake_blkback fake_blkback;

static struct grant_entry_v1 *const table = (struct grant_entry_v1 *)HOLE;
static struct blkif_sring *ring;
static uint32_t entries;
static uint32_t port;
static uint32_t consumed;
static char *own_pages;
static void (*xenstored_on_send)(void);
static void (*xenstored_on_yield)(void);

/* The page, which must be granted to this backend, for writing if it is to be written. */
static char *page_of(grant_ref_t ref, bool writes)
{
    assert_in_range(ref, GNTTAB_NR_RESERVED_ENTRIES, ENTRIES - 1);
    assert_int_equal(table[ref].flags & GTF_type_mask, GTF_permit_access);
    assert_int_equal(table[ref].domid, FAKE_BLKBACK_DOMID);
    assert_false(writes && table[ref].flags & GTF_readonly);
    if (fake_blkback.keeps_mapped)
        table[ref].flags |= GTF_reading | GTF_writing;
    return (char *)((uintptr_t)table[ref].frame * PAGE_BYTES);
}

static uint64_t number(const char *path)
{
    const char *value = fake_xenstored_value(path);

    return value ? strtoull(value, NULL, 10) : 0;
}

/* The pages of the ring must follow each other in memory, as this front end has them. */
static void map_ring(void)
{
    uint32_t order = (uint32_t)number(FAKE_BLKBACK_FRONT "/ring-page-order");
    char *first = NULL;

    for (uint32_t i = 0; i < 1u << order; i++) {
        char path[64];
        char *page;

        snprintf(path, sizeof(path), order ? "%s%u" : "%s", FAKE_BLKBACK_FRONT "/ring-ref", i);
        page = page_of((grant_ref_t)number(path), true);
        first = first ? first : page;
        assert_ptr_equal(page, first + (size_t)i * PAGE_BYTES);
    }
    ring = (struct blkif_sring *)(void *)first;
    entries = 32u << order;
    port = (uint32_t)number(FAKE_BLKBACK_FRONT "/event-channel");
    consumed = 0;
    assert_string_equal(fake_xenstored_value(FAKE_BLKBACK_FRONT "/protocol"), "x86_64-abi");
}

static void move(char *page, const struct blkif_request_segment *segment, char **disk, bool reads)
{
    size_t bytes = (segment->last_sect - segment->first_sect + 1u) * SECTOR;
    char *data = page + segment->first_sect * SECTOR;

    assert_in_range(segment->last_sect, segment->first_sect, PAGE_BYTES / SECTOR - 1);
    assert_in_range(*disk + bytes - fake_blkback.content, 0, FAKE_BLKBACK_BYTES);
    if (reads)
        memcpy(data, *disk, bytes);
    else
        memcpy(*disk, data, bytes);
    if (own_pages && data >= own_pages)
        fake_blkback.direct_bytes += bytes;
    *disk += bytes;
}

static int16_t transfer(uint8_t operation, uint64_t sector,
                        const struct blkif_request_segment *segments, unsigned int count)
{
    bool reads = operation == BLKIF_OP_READ;
    char *disk = fake_blkback.content + sector * SECTOR;

    assert_true(reads || operation == BLKIF_OP_WRITE);
    assert_true(count > 0);
    if (count > fake_blkback.segments_max)
        fake_blkback.segments_max = count;
    for (unsigned int i = 0; i < count; i++)
        move(page_of(segments[i].gref, reads), &segments[i], &disk, reads);
    return fake_blkback.bad_sector >= sector &&
                   fake_blkback.bad_sector * SECTOR < (uint64_t)(disk - fake_blkback.content)
               ? BLKIF_RSP_ERROR
               : BLKIF_RSP_OKAY;
}

static int16_t indirect(const struct blkif_request_indirect *request)
{
    uint64_t most = number(FAKE_BLKBACK_BACK "/feature-max-indirect-segments");

    fake_blkback.indirect_requests++;
    assert_in_range(request->nr_segments, 1, most);
    assert_int_equal(request->handle, 51712);
    return transfer(request->indirect_op, request->sector_number,
                    (void *)page_of(request->indirect_grefs[0], false), request->nr_segments);
}

static int16_t carry_out(const struct blkif_request *request)
{
    switch (request->operation) {
    case BLKIF_OP_INDIRECT:
        return indirect((const void *)request);
    case BLKIF_OP_FLUSH_DISKCACHE:
    case BLKIF_OP_WRITE_BARRIER:
        fake_blkback.flushes++;
        assert_int_equal(request->nr_segments, 0);
        return fake_blkback.flush_status;
    default:
        assert_in_range(request->nr_segments, 1, BLKIF_MAX_SEGMENTS_PER_REQUEST);
        assert_int_equal(request->handle, 51712);
        return transfer(request->operation, request->sector_number, request->seg,
                        request->nr_segments);
    }
}

static void answer(const struct blkif_request *request)
{
    struct blkif_response response = {.id = request->id, .operation = request->operation};

    if (request->operation == BLKIF_OP_INDIRECT)
        response.operation =
            ((const struct blkif_request_indirect *)(const void *)request)->indirect_op;
    response.status = carry_out(request);
    if (fake_blkback.lie)
        fake_blkback.lie(&response);
    ring->ring[ring->rsp_prod % entries].rsp = response;
    ring->rsp_prod++;
}

void fake_blkback_serve(void)
{
    if (!ring || fake_blkback.silent)
        return;
    if (ring->req_prod - consumed > fake_blkback.in_ring_max)
        fake_blkback.in_ring_max = ring->req_prod - consumed;
    while (consumed != ring->req_prod) {
        struct blkif_request request = ring->ring[consumed++ % entries].req;

        fake_blkback.requests++;
        answer(&request);
    }
    ring->req_event = ring->req_prod + 1;
}

static void write_state(enum xenbus_state state)
{
    char text[2] = {(char)('0' + state)};

    fake_xenstored_write(FAKE_BLKBACK_BACK "/state", text);
}

static void follow(char state)
{
    if (state == '0' + XenbusStateInitialised && !fake_blkback.never_connects) {
        map_ring();
        write_state(XenbusStateConnected);
    }
    if (state < '0' + XenbusStateClosing && state != '0' + XenbusStateInitialising)
        return;
    if (fake_blkback.ignores_closing)
        return;
    ring = NULL;
    write_state(state == '0' + XenbusStateInitialising ? XenbusStateInitWait
                                                       : (enum xenbus_state)(state - '0'));
}

static void watch_front(uint32_t type)
{
    const char *state = fake_xenstored_value(FAKE_BLKBACK_FRONT "/state");
    size_t known = strlen(fake_blkback.states);

    if ((type != XS_WRITE && type != XS_TRANSACTION_END) || fake_xenstored.transactions || !state ||
        (known && fake_blkback.states[known - 1] == *state))
        return;
    assert_true(known + 1 < sizeof(fake_blkback.states));
    fake_blkback.states[known] = *state;
    follow(*state);
}

static void on_send(void)
{
    if (port && fake_hypercall.last_port == port)
        fake_blkback_serve();
    else if (xenstored_on_send)
        xenstored_on_send();
}

static void on_yield(void)
{
    if (xenstored_on_yield)
        xenstored_on_yield();
}

void fake_blkback_offer(const char *node, const char *value)
{
    char path[128];

    snprintf(path, sizeof(path), "%s/%s", FAKE_BLKBACK_BACK, node);
    fake_xenstored_write(path, value);
}

void fake_blkback_go(enum xenbus_state state)
{
    write_state(state);
    /* xenstored tells of it without being asked. */
    fake_hypercall.last_port = FAKE_XENSTORED_PORT;
    fake_hypercall.on_send();
}

static void fill_xenstore(void)
{
    char sectors[16];

    snprintf(sectors, sizeof(sectors), "%u", FAKE_BLKBACK_BYTES / SECTOR);
    fake_xenstored_write(FAKE_BLKBACK_FRONT "/backend", FAKE_BLKBACK_BACK);
    fake_xenstored_write(FAKE_BLKBACK_FRONT "/backend-id", "3");
    fake_xenstored_write(FAKE_BLKBACK_FRONT "/virtual-device", "51712");
    fake_xenstored_write(FAKE_BLKBACK_FRONT "/state", "1");
    fake_blkback_offer("feature-max-indirect-segments", "256");
    fake_blkback_offer("max-ring-page-order", "4");
    fake_blkback_offer("feature-flush-cache", "1");
    fake_blkback_offer("sectors", sectors);
    fake_blkback_offer("sector-size", "512");
    fake_blkback_offer("info", "0");
    write_state(XenbusStateInitWait);
}

char fake_blkback_byte(uint64_t offset)
{
    return (char)(offset * 3 + offset / 509 + offset / 70001);
}

int fake_blkback_setup(void **state)
{
    EFI_PHYSICAL_ADDRESS hole = HOLE;

    fake_xenstored_setup(state);
    xenstored_on_send = fake_hypercall.on_send;
    xenstored_on_yield = fake_hypercall.on_yield;
    fake_hypercall.on_send = on_send;
    fake_hypercall.on_yield = on_yield;
    fake_hypercall.grant_frames_max = FRAMES;
    fake_xenstored.on_request = watch_front;
    fake_blkback.bad_sector = UINT64_MAX;
    strcpy(fake_blkback.states, "1");
    for (size_t i = 0; i < FAKE_BLKBACK_BYTES; i++)
        fake_blkback.content[i] = fake_blkback_byte(i);
    fill_xenstore();
    if (page_alloc(AllocateAddress, EfiBootServicesData, FRAMES, &hole) != EFI_SUCCESS)
        return -1;
    return xenstore_open() || grant_table_open(hole / PAGE_BYTES);
}

char *fake_blkback_buffer(size_t bytes)
{
    EFI_PHYSICAL_ADDRESS address;

    if (page_alloc(AllocateAnyPages, EfiLoaderData, (bytes + PAGE_BYTES - 1) / PAGE_BYTES,
                   &address) != EFI_SUCCESS)
        abort();
    own_pages = (char *)(uintptr_t)address;
    return own_pages;
}

unsigned int fake_blkback_grants(void)
{
    unsigned int count = 0;

    for (size_t i = GNTTAB_NR_RESERVED_ENTRIES; i < ENTRIES; i++)
        count += table[i].flags != 0;
    return count;
}
