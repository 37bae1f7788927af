#include "shim/event/event.h"

#include "loader/x86/tsc.h"
#include "shim/event/event_timer.h"
#include "shim/event/tpl.h"
#include "shim/guid.h"
#include "shim/memory/pool.h"
#include "shim/protocol/guid_index.h"
#include "shim/protocol/protocol_notify.h"
#include "shim/runtime_followers.h"

#define NOTIFY_MASK       (EVT_NOTIFY_WAIT | EVT_NOTIFY_SIGNAL)
#define KNOWN_TYPES       (EVT_TIMER | EVT_RUNTIME | EVT_RUNTIME_CONTEXT | NOTIFY_MASK)
#define NS_PER_TIMER_TICK 100u
/* A period of 0 means every tick of the firmware's timer, which is 10 ms. */
#define TICK_NS 10000000ull

const EFI_GUID event_group_exit_boot_services = {
    0x27abf055, 0xb1b8, 0x4c26, {0x80, 0x48, 0x74, 0x8f, 0x37, 0xba, 0xa2, 0xdf}};
const EFI_GUID event_group_before_exit_boot_services = {
    0x8be0e274, 0x3970, 0x4b44, {0x80, 0xc5, 0x1a, 0xb9, 0x50, 0x2f, 0x3b, 0xfc}};
const EFI_GUID event_group_virtual_address_change = {
    0x13fa7698, 0xc831, 0x49c7, {0x87, 0xea, 0x8f, 0x43, 0xfc, 0xc2, 0x51, 0x96}};
const EFI_GUID event_group_memory_map_change = {
    0x78bee926, 0x692f, 0x48fd, {0x9e, 0xdb, 0x01, 0x42, 0x2e, 0xf0, 0xd7, 0xab}};
const EFI_GUID event_group_ready_to_boot = {
    0x7ce88fb3, 0x4bd7, 0x4679, {0x87, 0xa8, 0xa8, 0xd8, 0xde, 0xe5, 0x0d, 0x2b}};

struct event {
    struct guid_entry in_group; /* only when it has a group */
    struct event_timer timer;
    struct list registrations;
    struct tpl_notification notification;
    uint32_t type;
    bool signalled;
    bool outlives_boot; /* shim/runtime_followers.h knows it */
    EFI_EVENT_NOTIFY function;
    void *context;
};

/* Grows with every event. */
static uint64_t last_number;
static struct tree grouped = GUID_INDEX_EMPTY;

static struct event *event_find(EFI_EVENT handle)
{
    return pool_has_object(handle, POOL_EVENT) ? handle : NULL;
}

bool event_is_valid(EFI_EVENT event)
{
    return event_find(event);
}

struct list *event_registrations(EFI_EVENT event)
{
    return &((struct event *)event)->registrations;
}

static void event_notify(struct tpl_notification *notification)
{
    struct event *event = container_of(notification, struct event, notification);

    /*
     * Signalled again from its own notification, it shall be queued again. The signal of an event
     * that is waited for is CheckEvent's to take.
     */
    if (event->type & EVT_NOTIFY_SIGNAL)
        event->signalled = false;
    event->function(event, event->context);
}

static bool type_is_valid(uint32_t type, EFI_TPL level, EFI_EVENT_NOTIFY function)
{
    if (type & ~KNOWN_TYPES || (type & NOTIFY_MASK) == NOTIFY_MASK)
        return false;
    if (!(type & NOTIFY_MASK))
        return true;
    /* The levels between belong to the firmware (UEFI 2.10 section 7.1). */
    return function && (level == TPL_CALLBACK || level == TPL_NOTIFY);
}

/* The two event types of EFI 1.x that stand for a group. */
static const EFI_GUID *group_of_legacy_type(uint32_t type)
{
    if (type == EVT_SIGNAL_EXIT_BOOT_SERVICES)
        return &event_group_exit_boot_services;
    if (type == EVT_SIGNAL_VIRTUAL_ADDRESS_CHANGE)
        return &event_group_virtual_address_change;
    return NULL;
}

static struct event *event_new(uint32_t type, EFI_TPL level, EFI_EVENT_NOTIFY function,
                               const void *context, const EFI_GUID *group)
{
    struct event *event = pool_new_object(POOL_EVENT, sizeof(*event));

    if (!event)
        return NULL;
    event->type = type;
    event->function = function;
    event->context = (void *)(uintptr_t)context;
    event->notification = (struct tpl_notification){.level = level, .run = event_notify};
    list_init(&event->notification.link);
    list_init(&event->registrations);
    event->timer.number = ++last_number;
    if (group)
        guid_index_add(&grouped, &event->in_group, group, last_number);
    return event;
}

static bool has_group(const struct event *event)
{
    return tree_node_is_linked(&event->in_group.node);
}

/* The one group whose events are still notified when boot services, and this list, are gone. */
static EFI_STATUS keep_for_runtime(struct event *event)
{
    event->outlives_boot = event->type & EVT_RUNTIME && event->type & EVT_NOTIFY_SIGNAL &&
                           has_group(event) &&
                           guid_equal(&event->in_group.guid, &event_group_virtual_address_change);
    if (!event->outlives_boot)
        return EFI_SUCCESS;
    return runtime_followers_add_notification(event, event->notification.level, event->function,
                                              event->context);
}

EFI_STATUS event_create(uint32_t type, EFI_TPL level, EFI_EVENT_NOTIFY function,
                        const void *context, const EFI_GUID *group, EFI_EVENT *ret_event)
{
    const EFI_GUID *legacy_group = group_of_legacy_type(type);
    struct event *event;

    if (legacy_group) {
        if (group)
            return EFI_INVALID_PARAMETER;
        group = legacy_group;
        type &= ~(uint32_t)EVT_EFI_SIGNAL_MASK;
    }
    if (!ret_event || !type_is_valid(type, level, function))
        return EFI_INVALID_PARAMETER;
    event = event_new(type, level, function, context, group);
    if (!event)
        return EFI_OUT_OF_RESOURCES;
    if (keep_for_runtime(event) != EFI_SUCCESS) {
        event_close(event);
        return EFI_OUT_OF_RESOURCES;
    }
    *ret_event = event;
    return EFI_SUCCESS;
}

EFI_STATUS event_close(EFI_EVENT handle)
{
    struct event *event = event_find(handle);

    if (!event)
        return EFI_INVALID_PARAMETER;
    protocol_notify_forget(handle);
    if (event->outlives_boot)
        runtime_followers_remove_notification(handle);
    tpl_unqueue(&event->notification);
    event_timer_cancel(&event->timer);
    if (has_group(event))
        tree_remove(&grouped, &event->in_group.node);
    pool_free_object(event, POOL_EVENT);
    return EFI_SUCCESS;
}

static void event_signal_one(struct event *event)
{
    if (event->signalled)
        return;
    event->signalled = true;
    if (event->type & EVT_NOTIFY_SIGNAL)
        tpl_queue(&event->notification);
}

/* All are marked before the first one runs: a notification may close or create events. */
void event_signal_group(const EFI_GUID *group)
{
    EFI_TPL level = tpl_raise(TPL_HIGH_LEVEL);

    for (struct guid_entry *entry = guid_index_find(&grouped, group, 0); entry;
         entry = guid_index_next(entry))
        event_signal_one(container_of(entry, struct event, in_group));
    tpl_restore(level);
}

static void event_signal_with_group(struct event *event)
{
    if (has_group(event))
        event_signal_group(&event->in_group.guid);
    else
        event_signal_one(event);
}

EFI_STATUS event_signal(EFI_EVENT handle)
{
    struct event *event = event_find(handle);

    if (!event)
        return EFI_INVALID_PARAMETER;
    event_signal_with_group(event);
    return EFI_SUCCESS;
}

static bool event_take_signal(struct event *event)
{
    bool signalled = event->signalled;

    event->signalled = false;
    return signalled;
}

EFI_STATUS event_check(EFI_EVENT handle)
{
    struct event *event;

    /* Notifications may close any event: it is looked for after each of them. */
    event_run_timers();
    event = event_find(handle);
    if (!event || event->type & EVT_NOTIFY_SIGNAL)
        return EFI_INVALID_PARAMETER;
    if (event_take_signal(event))
        return EFI_SUCCESS;
    if (!(event->type & EVT_NOTIFY_WAIT))
        return EFI_NOT_READY;
    /* Its function finds out whether the event has happened and signals it if so. */
    tpl_queue(&event->notification);
    event = event_find(handle);
    return event && event_take_signal(event) ? EFI_SUCCESS : EFI_NOT_READY;
}

EFI_STATUS event_set_timer(EFI_EVENT handle, EFI_TIMER_DELAY how, uint64_t trigger)
{
    struct event *event = event_find(handle);
    uint64_t delay_ns =
        trigger > UINT64_MAX / NS_PER_TIMER_TICK ? UINT64_MAX : trigger * NS_PER_TIMER_TICK;

    if (!event || !(event->type & EVT_TIMER) || (unsigned int)how >= TimerTypeMax)
        return EFI_INVALID_PARAMETER;
    if (how == TimerPeriodic && !delay_ns)
        delay_ns = TICK_NS;
    if (how == TimerCancel)
        event_timer_cancel(&event->timer);
    else
        event_timer_start(&event->timer, tsc_now_ns(), delay_ns,
                          how == TimerPeriodic ? delay_ns : 0);
    return EFI_SUCCESS;
}

uint64_t event_next_timer_ns(void)
{
    return event_timer_next_ns();
}

void event_run_timers(void)
{
    uint64_t now = tsc_now_ns();
    EFI_TPL level = tpl_raise(TPL_HIGH_LEVEL);
    struct event_timer *timer;

    while ((timer = event_timer_take_due(now)))
        event_signal_with_group(container_of(timer, struct event, timer));
    tpl_restore(level);
}
