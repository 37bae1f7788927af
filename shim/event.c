#include "shim/event.h"

#include "loader/lib/list.h"
#include "loader/x86/tsc.h"
#include "shim/guid.h"
#include "shim/pool.h"
#include "shim/protocol_notify.h"
#include "shim/runtime_followers.h"
#include "shim/tpl.h"

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
    struct list link;       /* in events */
    struct list group_link; /* in grouped; empty without a group */
    struct tpl_notification notification;
    uint32_t type;
    EFI_EVENT_NOTIFY function;
    void *context;
    EFI_GUID group;
    bool signalled;
    bool timer_set;
    uint64_t timer_due_ns;
    uint64_t timer_period_ns; /* 0: once */
};

static struct list events = LIST_EMPTY(events);
/* Those in groups: few, and groups are signalled often, by every change of the memory map. */
static struct list grouped = LIST_EMPTY(grouped);

static struct event *event_find(EFI_EVENT handle)
{
    list_for_each (link, next, &events) {
        struct event *event = container_of(link, struct event, link);

        if (event == handle)
            return event;
    }
    return NULL;
}

bool event_is_valid(EFI_EVENT event)
{
    return event_find(event);
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
    struct event *event = pool_new(sizeof(*event));

    if (!event)
        return NULL;
    event->type = type;
    event->function = function;
    event->context = (void *)(uintptr_t)context;
    event->notification = (struct tpl_notification){.level = level, .run = event_notify};
    list_init(&event->notification.link);
    list_init(&event->group_link);
    if (group) {
        event->group = *group;
        list_append(&grouped, &event->group_link);
    }
    list_append(&events, &event->link);
    return event;
}

static bool has_group(const struct event *event, const EFI_GUID *group)
{
    return !list_is_empty(&event->group_link) && guid_equal(&event->group, group);
}

/* The one group whose events are still notified when boot services, and this list, are gone. */
static EFI_STATUS keep_for_runtime(struct event *event)
{
    if (!(event->type & EVT_RUNTIME) || !(event->type & EVT_NOTIFY_SIGNAL) ||
        !has_group(event, &event_group_virtual_address_change))
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
    runtime_followers_remove_notification(handle);
    tpl_unqueue(&event->notification);
    list_remove(&event->group_link);
    list_remove(&event->link);
    pool_free(event);
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

    list_for_each (link, next, &grouped) {
        struct event *event = container_of(link, struct event, group_link);

        if (has_group(event, group))
            event_signal_one(event);
    }
    tpl_restore(level);
}

static void event_signal_with_group(struct event *event)
{
    if (list_is_empty(&event->group_link))
        event_signal_one(event);
    else
        event_signal_group(&event->group);
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
    uint64_t now = tsc_now_ns();

    if (!event || !(event->type & EVT_TIMER) || (unsigned int)how >= TimerTypeMax)
        return EFI_INVALID_PARAMETER;
    event->timer_set = how != TimerCancel;
    if (how == TimerPeriodic && !delay_ns)
        delay_ns = TICK_NS;
    event->timer_period_ns = how == TimerPeriodic ? delay_ns : 0;
    event->timer_due_ns = delay_ns > UINT64_MAX - now ? UINT64_MAX : now + delay_ns;
    return EFI_SUCCESS;
}

uint64_t event_next_timer_ns(void)
{
    uint64_t next_ns = UINT64_MAX;

    list_for_each (link, next, &events) {
        const struct event *event = container_of(link, struct event, link);

        if (event->timer_set && event->timer_due_ns < next_ns)
            next_ns = event->timer_due_ns;
    }
    return next_ns;
}

/* Missed periods are not made up for. */
static void timer_rearm(struct event *event, uint64_t now)
{
    if (!event->timer_period_ns) {
        event->timer_set = false;
        return;
    }
    event->timer_due_ns += event->timer_period_ns;
    if (event->timer_due_ns <= now)
        event->timer_due_ns = now + event->timer_period_ns;
}

void event_run_timers(void)
{
    uint64_t now = tsc_now_ns();
    EFI_TPL level = tpl_raise(TPL_HIGH_LEVEL);

    list_for_each (link, next, &events) {
        struct event *event = container_of(link, struct event, link);

        if (event->timer_set && event->timer_due_ns <= now) {
            timer_rearm(event, now);
            event_signal_with_group(event);
        }
    }
    tpl_restore(level);
}
