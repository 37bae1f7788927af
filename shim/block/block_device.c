#include "shim/block/block_device.h"

#include "loader/x86/cpu.h"
#include "shim/block/read_ahead.h"
#include "shim/event/event.h"
#include "shim/event/timer.h"
#include "shim/event/tpl.h"

/* How often requests are looked after that nobody waits for; in 100 ns. */
#define POLL_PERIOD 1000u

/* Devices that have requests in flight. */
static struct list busy = LIST_EMPTY(busy);
static EFI_EVENT poll_event;
static bool poll_event_is_set;

EFI_TPL block_lock(void)
{
    EFI_TPL level = tpl_current();

    return level < TPL_NOTIFY ? tpl_raise(TPL_NOTIFY) : level;
}

void block_unlock(EFI_TPL level)
{
    tpl_restore(level);
}

static void begin(struct block_device *device)
{
    if (device->requests_in_flight++ == 0)
        list_append(&busy, &device->link);
}

void block_submit(struct block_device *device, struct block_request *request)
{
    EFI_TPL level = block_lock();

    for (; device->parent; device = device->parent)
        request->lba += device->first_lba;
    request->device = device;
    request->started_bytes = 0;
    request->parts_in_flight = 0;
    request->status = EFI_SUCCESS;
    begin(device);
    if (!device->read_ahead || !read_ahead_take(device, request))
        device->driver->submit(device, request);
    block_unlock(level);
}

void block_complete(struct block_request *request, EFI_STATUS status)
{
    struct block_device *device = request->device;

    if (--device->requests_in_flight == 0)
        list_remove(&device->link);
    request->done(request, status);
}

void block_wait(struct block_device *device)
{
    EFI_TPL level = block_lock();

    while (device->parent)
        device = device->parent;
    if (device->requests_in_flight)
        device->driver->poll(device);
    if (device->requests_in_flight && device->driver->wait)
        device->driver->wait(device);
    cpu_relax();
    block_unlock(level);
}

static void set_poll_event(EFI_TIMER_DELAY how)
{
    event_set_timer(poll_event, how, POLL_PERIOD);
    poll_event_is_set = how == TimerPeriodic;
    timer_update();
}

/* A request's `done` may begin or end requests on any device: each is looked up anew. */
static void EFIAPI poll_busy(EFI_EVENT event, void *context)
{
    struct list waiting = LIST_EMPTY(waiting);

    (void)event;
    (void)context;
    while (!list_is_empty(&busy)) {
        struct block_device *device = container_of(busy.next, struct block_device, link);

        list_remove(&device->link);
        list_append(&waiting, &device->link);
        device->driver->poll(device);
    }
    while (!list_is_empty(&waiting)) {
        struct list *link = waiting.next;

        list_remove(link);
        list_append(&busy, link);
    }
    if (list_is_empty(&busy))
        set_poll_event(TimerCancel);
}

/* Without memory for the event requests complete when somebody waits for another one. */
void block_complete_by_timer(void)
{
    if (poll_event_is_set || list_is_empty(&busy))
        return;
    if (!poll_event && event_create(EVT_TIMER | EVT_NOTIFY_SIGNAL, TPL_NOTIFY, poll_busy, NULL,
                                    NULL, &poll_event) != EFI_SUCCESS)
        return;
    set_poll_event(TimerPeriodic);
}

struct waiting_request {
    struct block_request request;
    bool is_done;
};

static void stop_waiting(struct block_request *request, EFI_STATUS status)
{
    struct waiting_request *waiting = container_of(request, struct waiting_request, request);

    request->status = status;
    waiting->is_done = true;
}

EFI_STATUS block_transfer(struct block_device *device, enum block_operation operation, uint64_t lba,
                          void *buffer, size_t bytes)
{
    struct waiting_request waiting = {
        .request = {.operation = operation,
                    .lba = lba,
                    .buffer = buffer,
                    .bytes = bytes,
                    .done = stop_waiting},
    };
    EFI_TPL level = block_lock();

    block_submit(device, &waiting.request);
    while (!waiting.is_done)
        block_wait(device);
    block_unlock(level);
    return waiting.request.status;
}
