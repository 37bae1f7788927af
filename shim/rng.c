#include "shim/rng.h"

#include <stdbool.h>
#include <stddef.h>

#include "loader/lib/string.h"
#include "loader/x86/entropy.h"
#include "shim/guid.h"
#include "shim/protocol/handle.h"

/* The default first; the last one only where it is available. */
static const EFI_RNG_ALGORITHM algorithms[] = {RNG_ALGORITHM_CPU_GUID, EFI_RNG_ALGORITHM_RAW};

#define CPU 0
#define RAW 1

static size_t algorithms_bytes(void)
{
    return entropy_raw_available() ? sizeof(algorithms) : sizeof(algorithms[CPU]);
}

static EFI_STATUS EFIAPI get_info(EFI_RNG_PROTOCOL *this, UINTN *bytes, EFI_RNG_ALGORITHM *list)
{
    size_t needed = algorithms_bytes();

    (void)this;
    if (!bytes)
        return EFI_INVALID_PARAMETER;
    if (*bytes < needed) {
        *bytes = needed;
        return EFI_BUFFER_TOO_SMALL;
    }
    if (!list)
        return EFI_INVALID_PARAMETER;
    *bytes = needed;
    memcpy(list, algorithms, needed);
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI get_rng(EFI_RNG_PROTOCOL *this, EFI_RNG_ALGORITHM *algorithm, UINTN bytes,
                                 UINT8 *value)
{
    bool raw = algorithm && guid_equal(algorithm, &algorithms[RAW]);

    (void)this;
    if (!bytes || !value)
        return EFI_INVALID_PARAMETER;
    if (raw ? !entropy_raw_available() : algorithm && !guid_equal(algorithm, &algorithms[CPU]))
        return EFI_UNSUPPORTED;
    if (!(raw ? entropy_get_raw(value, bytes) : entropy_get(value, bytes)))
        return EFI_NOT_READY;
    return EFI_SUCCESS;
}

static EFI_RNG_PROTOCOL protocol = {.GetInfo = get_info, .GetRNG = get_rng};

EFI_STATUS rng_install(EFI_HANDLE *handle)
{
    static const EFI_GUID guid = EFI_RNG_PROTOCOL_GUID;

    if (!entropy_available())
        return EFI_SUCCESS;
    return handle_install(handle, &guid, &protocol);
}
