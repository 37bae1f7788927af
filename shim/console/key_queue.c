#include "shim/console/key_queue.h"

#include <stddef.h>

#include "loader/x86/tsc.h"
#include "shim/console/key_decoder.h"
#include "shim/console/key_notify.h"
#include "shim/console/terminal_input.h"
#include "shim/event/event.h"

/* A power of two: the indices count on and wrap. */
#define CAPACITY 128u

#define READ_BYTES_MAX 32u

/* Of timers, rounded such that the time is really over then. */
#define NS_PER_TIMER_TICK 100u
/* More than a terminal has room for; one that never stops typing does not stop a reset. */
#define RESET_READS_MAX 256u

static EFI_KEY_DATA keys[CAPACITY];
static unsigned int put_index;
static unsigned int take_index;
static struct key_decoder decoder;
/* Due when an escape character that nothing has followed is a key; NULL until somebody waits. */
static EFI_EVENT decide_event;

static void put_keys(const struct decoded_keys *decoded)
{
    for (size_t i = 0; i < decoded->count; i++) {
        keys[put_index++ % CAPACITY] = decoded->key[i];
        key_notify_post(&decoded->key[i]);
    }
}

/* Bytes that may be read such that all their keys find room. */
static size_t room_bytes(void)
{
    size_t bytes = (CAPACITY - (put_index - take_index)) / KEY_DECODER_KEYS_MAX;

    return bytes < READ_BYTES_MAX ? bytes : READ_BYTES_MAX;
}

void key_queue_poll(void)
{
    char bytes[READ_BYTES_MAX];
    struct decoded_keys decoded;
    size_t room = room_bytes();
    size_t count = room ? terminal_input_read(bytes, room) : 0;
    uint64_t now;

    /* Nearly all polls end here. Where Xen emulates the TSC, it is slow to read. */
    if (!count && decoder.state == KEY_DECODER_GROUND)
        return;
    now = tsc_now_ns();
    for (size_t i = 0; i < count; i++) {
        decoded = key_decoder_put(&decoder, (uint8_t)bytes[i], now);
        put_keys(&decoded);
    }
    if (room && !count) {
        decoded = key_decoder_idle(&decoder, now);
        put_keys(&decoded);
    }
    if (count && decide_event && decoder.state != KEY_DECODER_GROUND)
        event_set_timer(decide_event, TimerRelative, KEY_DECODER_TIMEOUT_NS / NS_PER_TIMER_TICK);
    key_notify_deliver();
}

static bool has_key(void)
{
    if (put_index == take_index)
        key_queue_poll();
    return put_index != take_index;
}

static void EFIAPI decide(EFI_EVENT event, void *context)
{
    (void)event;
    (void)context;
    key_queue_poll();
}

static void EFIAPI key_wait(EFI_EVENT event, void *context)
{
    (void)context;
    if (has_key())
        event_signal(event);
}

EFI_STATUS key_queue_create_event(EFI_EVENT *ret_event)
{
    EFI_STATUS status = EFI_SUCCESS;

    if (!decide_event)
        status = event_create(EVT_TIMER | EVT_NOTIFY_SIGNAL, TPL_NOTIFY, decide, NULL, NULL,
                              &decide_event);
    if (status != EFI_SUCCESS)
        return status;
    return event_create(EVT_NOTIFY_WAIT, TPL_NOTIFY, key_wait, NULL, NULL, ret_event);
}

bool key_queue_take(EFI_KEY_DATA *ret_key)
{
    if (!has_key())
        return false;
    *ret_key = keys[take_index++ % CAPACITY];
    return true;
}

bool key_queue_take_plain(EFI_INPUT_KEY *ret_key)
{
    EFI_KEY_DATA *key;

    if (!has_key())
        return false;
    key = &keys[take_index % CAPACITY];
    *ret_key = key_decoder_plain(key);
    if (key->Key.UnicodeChar && key->KeyState.KeyShiftState & EFI_LEFT_ALT_PRESSED) {
        key->KeyState.KeyShiftState &= ~(UINT32)EFI_LEFT_ALT_PRESSED;
        *ret_key = (EFI_INPUT_KEY){.ScanCode = SCAN_ESC};
    } else {
        take_index++;
    }
    return true;
}

void key_queue_reset(void)
{
    char bytes[READ_BYTES_MAX];

    for (unsigned int i = 0; i < RESET_READS_MAX; i++) {
        if (terminal_input_read(bytes, sizeof(bytes)) == 0)
            break;
    }
    take_index = put_index;
    decoder = (struct key_decoder){0};
}
