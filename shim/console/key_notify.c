#include "shim/console/key_notify.h"

#include <stddef.h>
#include <stdint.h>

#include "loader/lib/list.h"
#include "shim/console/key_decoder.h"
#include "shim/event/event.h"
#include "shim/memory/pool.h"

/* A power of two: the indices count on and wrap. */
#define POSTED_MAX 16u

struct registration {
    struct list link;
    uint64_t number; /* grows with every registration, so along the list */
    EFI_KEY_DATA key;
    EFI_KEY_NOTIFY_FUNCTION function;
};

static struct list registrations = LIST_EMPTY(registrations);
static uint64_t last_number;

static EFI_KEY_DATA posted[POSTED_MAX];
static unsigned int post_index;
static unsigned int deliver_index;
static EFI_EVENT deliver_event;

static bool keys_equal(EFI_INPUT_KEY a, EFI_INPUT_KEY b)
{
    return a.ScanCode == b.ScanCode && a.UnicodeChar == b.UnicodeChar;
}

static bool matches(const EFI_KEY_DATA *wanted, const EFI_KEY_DATA *key)
{
    const EFI_KEY_STATE *state = &wanted->KeyState;

    if (state->KeyToggleState && state->KeyToggleState != key->KeyState.KeyToggleState)
        return false;
    if (!state->KeyShiftState)
        return keys_equal(wanted->Key, key_decoder_plain(key));
    return state->KeyShiftState == key->KeyState.KeyShiftState && keys_equal(wanted->Key, key->Key);
}

/*
 * The first match after registration `number`. A notification may remove any registration: nobody
 * holds one while it runs.
 */
static struct registration *next_match(const EFI_KEY_DATA *key, uint64_t number)
{
    list_for_each (link, next, &registrations) {
        struct registration *registration = container_of(link, struct registration, link);

        if (registration->number > number && matches(&registration->key, key))
            return registration;
    }
    return NULL;
}

/* What a notification registers is not called for the key that is being told. */
static void call_matching(const EFI_KEY_DATA *key)
{
    uint64_t last = last_number;
    struct registration *registration = next_match(key, 0);

    while (registration && registration->number <= last) {
        uint64_t number = registration->number;
        EFI_KEY_DATA copy = *key;

        registration->function(&copy);
        registration = next_match(key, number);
    }
}

static void EFIAPI deliver(EFI_EVENT event, void *context)
{
    (void)event;
    (void)context;
    while (deliver_index != post_index) {
        EFI_KEY_DATA key = posted[deliver_index++ % POSTED_MAX];

        call_matching(&key);
    }
}

EFI_STATUS key_notify_init(void)
{
    return event_create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, deliver, NULL, NULL, &deliver_event);
}

EFI_STATUS key_notify_add(const EFI_KEY_DATA *key, EFI_KEY_NOTIFY_FUNCTION function,
                          void **ret_handle)
{
    struct registration *registration = pool_new(sizeof(*registration));

    if (!registration)
        return EFI_OUT_OF_RESOURCES;
    registration->number = ++last_number;
    registration->key = *key;
    registration->function = function;
    list_append(&registrations, &registration->link);
    *ret_handle = registration;
    return EFI_SUCCESS;
}

EFI_STATUS key_notify_remove(void *handle)
{
    list_for_each (link, next, &registrations) {
        struct registration *registration = container_of(link, struct registration, link);

        if (registration == handle) {
            list_remove(link);
            return pool_free(registration);
        }
    }
    return EFI_INVALID_PARAMETER;
}

bool key_notify_is_wanted(void)
{
    return !list_is_empty(&registrations);
}

void key_notify_post(const EFI_KEY_DATA *key)
{
    if (post_index - deliver_index < POSTED_MAX && next_match(key, 0))
        posted[post_index++ % POSTED_MAX] = *key;
}

void key_notify_deliver(void)
{
    if (post_index != deliver_index)
        event_signal(deliver_event);
}
