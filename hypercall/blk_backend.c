#include "hypercall/blk_backend.h"

#include <stddef.h>

#include <xen/errno.h>
#include <xen/io/blkif.h>
#include <xen/xen.h>

#include "hypercall/blk_request.h"
#include "hypercall/xenbus.h"
#include "loader/lib/log.h"

/* Segments are parts of pages: a larger sector cannot be told to be whole. */
#define SECTOR_BYTES_MAX 4096u
/* Offsets in bytes must not wrap. */
#define SECTORS_MAX (1ull << 52)

/* `absent`: its value when the backend does not write it; REQUIRED: it must. */
#define REQUIRED UINT64_MAX
struct node {
    const char *name;
    uint64_t max;
    uint64_t absent;
    uint64_t value;
};

static int read_nodes(const char *dir, struct node *nodes, unsigned int count)
{
    int result = 0;

    for (struct node *node = nodes; node < nodes + count && !result; node++) {
        result = node->absent == REQUIRED
                     ? xenbus_read_number(dir, node->name, node->max, &node->value)
                     : xenbus_read_optional(dir, node->name, node->max, node->absent, &node->value);
        if (result)
            log_err("blkfront: %s/%s is missing or no number that makes sense (%d)", dir,
                    node->name, result);
    }
    return result;
}

int blk_backend_read_offer(const char *dir, struct blk_offer *ret_offer)
{
    enum {
        RING_ORDER,
        SEGMENTS,
        COUNT
    };
    struct node node[COUNT] = {
        [RING_ORDER] = {.name = "max-ring-page-order", .max = UINT32_MAX, .absent = 0},
        [SEGMENTS] = {.name = "feature-max-indirect-segments", .max = UINT32_MAX, .absent = 0},
    };
    int result = read_nodes(dir, node, COUNT);

    if (result)
        return result;
    ret_offer->ring_order = (unsigned int)node[RING_ORDER].value;
    ret_offer->max_segments = node[SEGMENTS].value > BLKIF_MAX_SEGMENTS_PER_REQUEST
                                  ? (unsigned int)node[SEGMENTS].value
                                  : BLKIF_MAX_SEGMENTS_PER_REQUEST;
    return 0;
}

static bool is_sector_size(uint64_t bytes)
{
    return bytes >= BLK_SECTOR_BYTES && bytes <= SECTOR_BYTES_MAX && !(bytes & (bytes - 1));
}

/* The capacity is in units of 512 bytes whatever the sector size is: all backends that exist. */
int blk_backend_read_medium(const char *dir, struct blk_medium *ret_medium)
{
    enum {
        SECTORS,
        SECTOR_BYTES,
        INFO,
        PHYSICAL,
        FLUSH,
        BARRIER,
        COUNT
    };
    struct node node[COUNT] = {
        [SECTORS] = {.name = "sectors", .max = SECTORS_MAX, .absent = REQUIRED},
        [SECTOR_BYTES] = {.name = "sector-size", .max = SECTOR_BYTES_MAX, .absent = REQUIRED},
        [INFO] = {.name = "info", .max = UINT32_MAX, .absent = REQUIRED},
        [PHYSICAL] = {.name = "physical-sector-size", .max = UINT32_MAX, .absent = 0},
        [FLUSH] = {.name = "feature-flush-cache", .max = UINT32_MAX, .absent = 0},
        [BARRIER] = {.name = "feature-barrier", .max = UINT32_MAX, .absent = 0},
    };
    int result = read_nodes(dir, node, COUNT);
    uint64_t bytes = node[SECTOR_BYTES].value;

    if (result)
        return result;
    if (!is_sector_size(bytes)) {
        log_err("blkfront: %s: sectors of %lu bytes (512 to 4096 expected)", dir, bytes);
        return -XEN_EINVAL;
    }
    *ret_medium = (struct blk_medium){
        .sectors = node[SECTORS].value / (bytes / BLK_SECTOR_BYTES),
        .sector_bytes = (uint32_t)bytes,
        .physical_sector_bytes =
            (uint32_t)(node[PHYSICAL].value < bytes ? bytes : node[PHYSICAL].value),
        .is_read_only = node[INFO].value & VDISK_READONLY,
        .is_removable = node[INFO].value & (VDISK_REMOVABLE | VDISK_CDROM),
        .can_flush = node[FLUSH].value,
        .can_barrier = node[BARRIER].value,
    };
    return 0;
}
