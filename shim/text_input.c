#include "shim/text_input.h"

#include <stdbool.h>
#include <stddef.h>

#include "loader/terminal.h"
#include "shim/event.h"
#include "shim/handle.h"

#define ASCII_DELETE 0x7f
#define ASCII_ESCAPE 0x1b

/* The one key that was read ahead by somebody who asked whether there is one. */
static char pending;
static bool has_pending;

static bool fill_pending(void)
{
    if (!has_pending)
        has_pending = terminal_read(&pending, 1) == 1;
    return has_pending;
}

static EFI_INPUT_KEY key_from_byte(char byte)
{
    EFI_INPUT_KEY key = {0};

    if (byte == ASCII_ESCAPE)
        key.ScanCode = SCAN_ESC;
    else if (byte == ASCII_DELETE)
        key.UnicodeChar = CHAR_BACKSPACE;
    else if (byte == CHAR_LINEFEED)
        key.UnicodeChar = CHAR_CARRIAGE_RETURN;
    else
        key.UnicodeChar = (unsigned char)byte;
    return key;
}

static EFI_STATUS EFIAPI reset(EFI_SIMPLE_TEXT_IN_PROTOCOL *this, BOOLEAN extended)
{
    (void)this;
    (void)extended;
    while (fill_pending())
        has_pending = false;
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI read_key_stroke(EFI_SIMPLE_TEXT_IN_PROTOCOL *this, EFI_INPUT_KEY *key)
{
    (void)this;
    if (!key)
        return EFI_INVALID_PARAMETER;
    if (!fill_pending())
        return EFI_NOT_READY;
    has_pending = false;
    *key = key_from_byte(pending);
    return EFI_SUCCESS;
}

static EFI_SIMPLE_TEXT_IN_PROTOCOL protocol = {
    .Reset = reset,
    .ReadKeyStroke = read_key_stroke,
};

static void EFIAPI key_wait(EFI_EVENT event, void *context)
{
    (void)context;
    if (fill_pending())
        event_signal(event);
}

EFI_STATUS text_input_install(EFI_HANDLE *handle, EFI_SIMPLE_TEXT_IN_PROTOCOL **ret_protocol)
{
    static EFI_GUID guid = EFI_SIMPLE_TEXT_INPUT_PROTOCOL_GUID;
    EFI_STATUS status =
        event_create(EVT_NOTIFY_WAIT, TPL_NOTIFY, key_wait, NULL, NULL, &protocol.WaitForKey);

    if (status != EFI_SUCCESS)
        return status;
    *ret_protocol = &protocol;
    return handle_install(handle, &guid, &protocol);
}
