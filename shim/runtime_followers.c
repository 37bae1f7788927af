#include "shim/runtime_followers.h"

#include <stddef.h>

#include "loader/lib/string.h"
#include "shim/memory/pool.h"

/* Records made before the OS could see them. */
static struct runtime_followers nowhere;
static struct runtime_followers *followers = &nowhere;

void runtime_followers_init(struct runtime_followers *where)
{
    followers = where;
}

static void count_fixup(void *context, const struct pe_fixup *fixup)
{
    (void)fixup;
    ++*(uint32_t *)context;
}

static void record_fixup(void *context, const struct pe_fixup *fixup)
{
    struct runtime_driver *driver = context;
    struct runtime_fixup *record = &driver->fixup[driver->fixup_count++];

    *record = (struct runtime_fixup){.place = *fixup};
    memcpy(&record->value, (const uint8_t *)(uintptr_t)driver->base + fixup->rva, fixup->bytes);
}

static EFI_STATUS for_each_fixup(uint64_t base, const struct pe_image *pe, pe_fixup_visitor visit,
                                 void *context)
{
    return pe_for_each_fixup((const void *)(uintptr_t)base, pe->image_bytes, pe->relocation_rva,
                             pe->relocation_bytes, visit, context);
}

EFI_STATUS runtime_followers_add_driver(uint64_t base, const struct pe_image *pe)
{
    struct runtime_driver *driver;
    uint32_t count = 0;
    void *memory;
    EFI_STATUS status = for_each_fixup(base, pe, count_fixup, &count);

    if (status != EFI_SUCCESS)
        return status;
    status = pool_alloc(EfiRuntimeServicesData, sizeof(*driver) + count * sizeof(driver->fixup[0]),
                        &memory);
    if (status != EFI_SUCCESS)
        return status;
    driver = memory;
    *driver = (struct runtime_driver){
        .next = followers->drivers,
        .base = base,
        .bytes = pe->image_bytes,
    };
    for_each_fixup(base, pe, record_fixup, driver);
    followers->drivers = driver;
    return EFI_SUCCESS;
}

void runtime_followers_remove_driver(uint64_t base)
{
    for (struct runtime_driver **link = &followers->drivers; *link; link = &(*link)->next) {
        struct runtime_driver *driver = *link;

        if (driver->base != base)
            continue;
        *link = driver->next;
        pool_free(driver);
        return;
    }
}

EFI_STATUS runtime_followers_add_notification(EFI_EVENT event, EFI_TPL level,
                                              EFI_EVENT_NOTIFY function, void *context)
{
    struct runtime_notification **link = &followers->notifications;
    struct runtime_notification *notification;
    void *memory;

    if (pool_alloc(EfiRuntimeServicesData, sizeof(*notification), &memory) != EFI_SUCCESS)
        return EFI_OUT_OF_RESOURCES;
    while (*link && (*link)->level >= level)
        link = &(*link)->next;
    notification = memory;
    *notification = (struct runtime_notification){
        .next = *link,
        .event = event,
        .level = level,
        .function = function,
        .context = context,
    };
    *link = notification;
    return EFI_SUCCESS;
}

void runtime_followers_remove_notification(EFI_EVENT event)
{
    struct runtime_notification **link = &followers->notifications;

    while (*link) {
        struct runtime_notification *notification = *link;

        if (notification->event != event) {
            link = &notification->next;
            continue;
        }
        *link = notification->next;
        pool_free(notification);
    }
}
