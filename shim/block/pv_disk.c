#include "shim/block/pv_disk.h"

#include <stdbool.h>
#include <stddef.h>

#include <xen/errno.h>

#include "hypercall/xenstore.h"
#include "hypercall/xenstore_value.h"
#include "loader/lib/log.h"
#include "loader/status_name.h"
#include "loader/x86/tsc.h"
#include "shim/block/disk.h"
#include "shim/block/pv_block.h"
#include "shim/block/pv_disk_path.h"
#include "shim/block/read_ahead.h"
#include "shim/device_path/device_path.h"
#include "shim/event/event.h"
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"

/* Without any backend that comes up: they do so one after another. */
#define CONNECT_NS 5000000000ull
/* xenstore's payload: some five hundred disks. */
#define NAMES_BYTES 4096
/* How often a disk that nobody uses is looked after, in 100 ns. */
#define CHECK_PERIOD 10000000u

struct pv_disk {
    struct list link; /* in disks */
    struct pv_block block;
    struct pv_disk_path path;
    EFI_HANDLE handle;
};

static struct list disks = LIST_EMPTY(disks);

static struct pv_disk *disk_at(struct list *link)
{
    return container_of(link, struct pv_disk, link);
}

static void extend(uint64_t *deadline)
{
    *deadline = tsc_now_ns() + CONNECT_NS;
}

/* A disk that fails is remembered only if it must be closed. */
static void offer(const char *name, uint64_t *deadline)
{
    struct pv_disk *disk = pool_new(sizeof(*disk));
    int result = disk ? blkfront_open(&disk->block.front, name) : -XEN_ENOMEM;

    if (!result)
        result = blkfront_offer(&disk->block.front, *deadline);
    if (disk)
        list_append(&disks, &disk->link);
    if (result) {
        log_warn("disk device/vbd/%s: the backend is not ready (%d)", name, result);
        if (disk)
            disk->block.front.error = result;
    } else {
        extend(deadline);
    }
}

static EFI_STATUS install(struct pv_disk *disk)
{
    EFI_STATUS status;

    pv_block_init(&disk->block);
    read_ahead_enable(&disk->block.device);
    disk->path = pv_disk_path(disk->block.front.vdev);
    status = handle_install(&disk->handle, &device_path_protocol_guid, &disk->path);
    return status == EFI_SUCCESS ? disk_install(&disk->handle, &disk->block.device) : status;
}

static void connect(struct pv_disk *disk, uint64_t *deadline)
{
    struct blkfront *front = &disk->block.front;
    EFI_STATUS status;

    if (front->error)
        return;
    front->error = blkfront_connect(front, *deadline);
    if (front->error) {
        log_warn("disk %s: the backend does not connect (%d)", front->bus.frontend, front->error);
        return;
    }
    extend(deadline);
    status = install(disk);
    if (status != EFI_SUCCESS)
        log_warn("disk %s: not offered to programs: %s", front->bus.frontend, status_name(status));
    log_debug("disk %s: %lu sectors of %u bytes, %u segments", front->bus.frontend,
              front->medium.sectors, front->medium.sector_bytes, front->max_segments);
}

static void EFIAPI check(EFI_EVENT event, void *context)
{
    (void)event;
    (void)context;
    list_for_each (link, next, &disks) {
        if (disk_at(link)->handle)
            pv_block_check(&disk_at(link)->block);
    }
}

/* Looks whenever somebody waits for something; not for this alone is there a timer interrupt. */
static void check_now_and_then(void)
{
    EFI_EVENT event;

    if (event_create(EVT_TIMER | EVT_NOTIFY_SIGNAL, TPL_NOTIFY, check, NULL, NULL, &event) ==
        EFI_SUCCESS)
        event_set_timer(event, TimerPeriodic, CHECK_PERIOD);
}

void pv_disks_install(void)
{
    static char names[NAMES_BYTES];
    const char *name = NULL;
    uint64_t deadline;
    size_t bytes;

    if (xenstore_directory(0, "device", "vbd", names, sizeof(names), &bytes))
        return;
    extend(&deadline);
    while ((name = xenstore_value_next_name(names, bytes, name)))
        offer(name, &deadline);
    list_for_each (link, next, &disks)
        connect(disk_at(link), &deadline);
    if (!list_is_empty(&disks))
        check_now_and_then();
}

/* Events of requests that end now are not for clients any more: the level is never restored. */
void pv_disks_close(void)
{
    block_lock();
    list_for_each (link, next, &disks)
        blkfront_close(&disk_at(link)->block.front);
}
