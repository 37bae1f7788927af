#include "shim/console/debug_port_protocol.h"

#include "loader/terminal.h"
#include "loader/x86/tsc.h"
#include "shim/console/terminal_input.h"
#include "shim/protocol/handle.h"

#define NS_PER_US 1000ull

/* The console cannot be in a state that would have to be left. */
static EFI_STATUS EFIAPI reset(EFI_DEBUGPORT_PROTOCOL *this)
{
    (void)this;
    return EFI_SUCCESS;
}

/* The terminal takes everything within its own time, whatever `timeout_us` is. */
static EFI_STATUS EFIAPI write(EFI_DEBUGPORT_PROTOCOL *this, UINT32 timeout_us, UINTN *bytes,
                               void *buffer)
{
    (void)this;
    (void)timeout_us;
    if (!bytes || (!buffer && *bytes))
        return EFI_INVALID_PARAMETER;
    if (*bytes)
        terminal_write(buffer, *bytes);
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI read(EFI_DEBUGPORT_PROTOCOL *this, UINT32 timeout_us, UINTN *bytes,
                              void *buffer)
{
    uint64_t deadline = tsc_now_ns() + timeout_us * NS_PER_US;
    UINTN wanted;
    UINTN count = 0;

    (void)this;
    if (!bytes || (!buffer && *bytes))
        return EFI_INVALID_PARAMETER;
    wanted = *bytes;
    while (count < wanted && terminal_input_wait(deadline))
        count += terminal_input_read((char *)buffer + count, wanted - count);
    *bytes = count;
    return count == wanted ? EFI_SUCCESS : EFI_TIMEOUT;
}

static EFI_STATUS EFIAPI poll(EFI_DEBUGPORT_PROTOCOL *this)
{
    (void)this;
    return terminal_input_is_ready() ? EFI_SUCCESS : EFI_NOT_READY;
}

static EFI_DEBUGPORT_PROTOCOL protocol = {
    .Reset = reset,
    .Write = write,
    .Read = read,
    .Poll = poll,
};

EFI_STATUS debug_port_protocol_install(EFI_HANDLE *handle)
{
    static EFI_GUID guid = EFI_DEBUGPORT_PROTOCOL_GUID;

    return handle_install(handle, &guid, &protocol);
}
