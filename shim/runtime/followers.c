#include "shim/runtime/followers.h"

#include <stdbool.h>
#include <stddef.h>

#include "loader/lib/string.h"

void followers_notify(const struct runtime_followers *followers)
{
    for (const struct runtime_notification *n = followers->notifications; n; n = n->next)
        n->function(n->event, n->context);
}

static bool is_unchanged(const struct runtime_driver *driver, const struct runtime_fixup *fixup)
{
    return memcmp((const uint8_t *)(uintptr_t)driver->base + fixup->place.rva, &fixup->value,
                  fixup->place.bytes) == 0;
}

/* A copy of pe_relocate()'s arithmetic: the loader's parser is not part of this image. */
static void move(const struct runtime_driver *driver, const struct runtime_fixup *fixup,
                 uint64_t delta)
{
    uint64_t value = fixup->value + (delta >> fixup->place.shift);

    memcpy((uint8_t *)(uintptr_t)driver->base + fixup->place.rva, &value, fixup->place.bytes);
}

void follower_relocate(const struct runtime_driver *driver, uint64_t delta)
{
    for (uint32_t i = 0; i < driver->fixup_count; i++) {
        if (is_unchanged(driver, &driver->fixup[i]))
            move(driver, &driver->fixup[i], delta);
    }
}
