#include "shim/console/text_input_ex.h"

#include <stddef.h>

#include "shim/console/key_notify.h"
#include "shim/console/key_queue.h"
#include "shim/event/event.h"
#include "shim/event/idle.h"
#include "shim/event/timer.h"
#include "shim/protocol/handle.h"

/*
 * 100 ms in units of 100 ns: how soon a client that does not wait for keys is told of one. So often
 * the CPU of a guest that waits is woken.
 */
#define POLL_PERIOD 1000000u

#define LOCKS (EFI_SCROLL_LOCK_ACTIVE | EFI_NUM_LOCK_ACTIVE | EFI_CAPS_LOCK_ACTIVE)

/* Looks for keys as long as somebody wants to be told of one. */
static EFI_EVENT poll_event;

static EFI_STATUS EFIAPI reset(EFI_SIMPLE_TEXT_INPUT_EX_PROTOCOL *this, BOOLEAN extended)
{
    (void)this;
    (void)extended;
    key_queue_reset();
    return EFI_SUCCESS;
}

/* Without a key the current shift and toggle states are returned: a terminal knows neither. */
static EFI_STATUS EFIAPI read_key_stroke_ex(EFI_SIMPLE_TEXT_INPUT_EX_PROTOCOL *this,
                                            EFI_KEY_DATA *key)
{
    if (!key)
        return EFI_INVALID_PARAMETER;
    if (key_queue_take(key))
        return EFI_SUCCESS;
    *key = (EFI_KEY_DATA){0};
    idle_after_vain_poll(this);
    return EFI_NOT_READY;
}

/*
 * A terminal's locks cannot be switched on. Exposing keystrokes that are only modifiers can be
 * agreed to: there will be none.
 */
static EFI_STATUS EFIAPI set_state(EFI_SIMPLE_TEXT_INPUT_EX_PROTOCOL *this,
                                   EFI_KEY_TOGGLE_STATE *state)
{
    (void)this;
    if (!state)
        return EFI_INVALID_PARAMETER;
    if (!(*state & EFI_TOGGLE_STATE_VALID) || *state & LOCKS)
        return EFI_UNSUPPORTED;
    return EFI_SUCCESS;
}

static void update_poll_timer(void)
{
    event_set_timer(poll_event, key_notify_is_wanted() ? TimerPeriodic : TimerCancel, POLL_PERIOD);
    timer_update();
}

static EFI_STATUS EFIAPI register_key_notify(EFI_SIMPLE_TEXT_INPUT_EX_PROTOCOL *this,
                                             EFI_KEY_DATA *key, EFI_KEY_NOTIFY_FUNCTION function,
                                             void **handle)
{
    EFI_STATUS status;

    (void)this;
    if (!key || !function || !handle)
        return EFI_INVALID_PARAMETER;
    status = key_notify_add(key, function, handle);
    if (status == EFI_SUCCESS)
        update_poll_timer();
    return status;
}

static EFI_STATUS EFIAPI unregister_key_notify(EFI_SIMPLE_TEXT_INPUT_EX_PROTOCOL *this,
                                               void *handle)
{
    EFI_STATUS status = key_notify_remove(handle);

    (void)this;
    if (status == EFI_SUCCESS)
        update_poll_timer();
    return status;
}

static EFI_SIMPLE_TEXT_INPUT_EX_PROTOCOL protocol = {
    .Reset = reset,
    .ReadKeyStrokeEx = read_key_stroke_ex,
    .SetState = set_state,
    .RegisterKeyNotify = register_key_notify,
    .UnregisterKeyNotify = unregister_key_notify,
};

static void EFIAPI poll(EFI_EVENT event, void *context)
{
    (void)event;
    (void)context;
    key_queue_poll();
}

static EFI_STATUS create_events(void)
{
    EFI_STATUS status = key_notify_init();

    if (status == EFI_SUCCESS)
        status = key_queue_create_event(&protocol.WaitForKeyEx);
    if (status == EFI_SUCCESS)
        status = event_create(EVT_TIMER | EVT_NOTIFY_SIGNAL, TPL_CALLBACK, poll, NULL, NULL,
                              &poll_event);
    return status;
}

EFI_STATUS text_input_ex_install(EFI_HANDLE *handle)
{
    static EFI_GUID guid = EFI_SIMPLE_TEXT_INPUT_EX_PROTOCOL_GUID;
    EFI_STATUS status = create_events();

    return status == EFI_SUCCESS ? handle_install(handle, &guid, &protocol) : status;
}
