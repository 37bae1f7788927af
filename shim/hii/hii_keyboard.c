#include "shim/hii/hii_keyboard.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "loader/lib/string.h"
#include "shim/event/event.h"
#include "shim/guid.h"
#include "shim/hii/hii_database.h"
#include "shim/hii/hii_format.h"
#include "shim/hii/hii_keyboard_package.h"

static EFI_GUID current;
static bool has_current;

/* A place in the walk through all layouts of all packages. */
struct place {
    const struct hii_package_list *list;
    const struct hii_package *package;
    uint32_t offset;
};

static bool next_package(struct place *place)
{
    do {
        if (place->list)
            place->package =
                hii_package_next(place->list, place->package, HII_PACKAGE_KEYBOARD_LAYOUT);
        if (place->package) {
            place->offset = 0;
            return true;
        }
    } while ((place->list = hii_database_next(place->list)));
    return false;
}

static bool next_layout(struct place *place, struct hii_keyboard_layout *ret_layout)
{
    while (!place->package || !hii_keyboard_next(&place->package->view, &place->offset, ret_layout))
        if (!next_package(place))
            return false;
    return true;
}

static bool find_layout(const EFI_GUID *guid, struct hii_keyboard_layout *ret_layout)
{
    struct place place = {0};

    while (next_layout(&place, ret_layout))
        if (guid_equal(&ret_layout->guid, guid))
            return true;
    return false;
}

EFI_STATUS hii_keyboard_list(UINT16 *bytes, EFI_GUID *ret_guids)
{
    struct hii_keyboard_layout layout;
    struct place place = {0};
    size_t count = 0;
    size_t offered = *bytes / sizeof(*ret_guids);

    while (next_layout(&place, &layout)) {
        if (count < offered)
            ret_guids[count] = layout.guid;
        count++;
    }
    if (!count)
        return EFI_NOT_FOUND;
    if (count > UINT16_MAX / sizeof(*ret_guids))
        return EFI_OUT_OF_RESOURCES;
    *bytes = (UINT16)(count * sizeof(*ret_guids));
    return count > offered ? EFI_BUFFER_TOO_SMALL : EFI_SUCCESS;
}

EFI_STATUS hii_keyboard_get(const EFI_GUID *guid, UINT16 *bytes, void *ret_layout)
{
    struct hii_keyboard_layout layout;
    UINT16 offered = *bytes;

    if (!guid && !has_current)
        return EFI_NOT_FOUND;
    if (!find_layout(guid ? guid : &current, &layout))
        return EFI_NOT_FOUND;
    *bytes = layout.size;
    if (offered < layout.size)
        return EFI_BUFFER_TOO_SMALL;
    memcpy(ret_layout, layout.bytes, layout.size);
    return EFI_SUCCESS;
}

EFI_STATUS hii_keyboard_set(const EFI_GUID *guid)
{
    static const EFI_GUID group = EFI_HII_SET_KEYBOARD_LAYOUT_EVENT_GUID;
    struct hii_keyboard_layout layout;

    if (!find_layout(guid, &layout))
        return EFI_NOT_FOUND;
    current = layout.guid;
    has_current = true;
    event_signal_group(&group);
    return EFI_SUCCESS;
}
