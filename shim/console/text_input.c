#include "shim/console/text_input.h"

#include "shim/console/key_queue.h"
#include "shim/event/idle.h"
#include "shim/protocol/handle.h"

static EFI_STATUS EFIAPI reset(EFI_SIMPLE_TEXT_IN_PROTOCOL *this, BOOLEAN extended)
{
    (void)this;
    (void)extended;
    key_queue_reset();
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI read_key_stroke(EFI_SIMPLE_TEXT_IN_PROTOCOL *this, EFI_INPUT_KEY *key)
{
    if (!key)
        return EFI_INVALID_PARAMETER;
    if (key_queue_take_plain(key))
        return EFI_SUCCESS;
    idle_after_vain_poll(this);
    return EFI_NOT_READY;
}

static EFI_SIMPLE_TEXT_IN_PROTOCOL protocol = {
    .Reset = reset,
    .ReadKeyStroke = read_key_stroke,
};

EFI_STATUS text_input_install(EFI_HANDLE *handle, EFI_SIMPLE_TEXT_IN_PROTOCOL **ret_protocol)
{
    static EFI_GUID guid = EFI_SIMPLE_TEXT_INPUT_PROTOCOL_GUID;
    EFI_STATUS status = key_queue_create_event(&protocol.WaitForKey);

    if (status != EFI_SUCCESS)
        return status;
    *ret_protocol = &protocol;
    return handle_install(handle, &guid, &protocol);
}
