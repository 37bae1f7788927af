/*
 * EFI_RNG_PROTOCOL (UEFI 2.10 section 37.5) on the CPU's random numbers: Linux's EFI stub and
 * systemd-boot seed kernels with it. Boot phase.
 */
#ifndef PVHEFI_SHIM_RNG_H
#define PVHEFI_SHIM_RNG_H

#include <efi.h>

/*
 * The default algorithm: RDSEED, or RDRAND where the CPU has no RDSEED or it runs dry. What stands
 * behind RDRAND is a generator of NIST SP 800-90A, but of another kind on each vendor's CPUs, so
 * that none of the specification's names for them would be true.
 */
#define RNG_ALGORITHM_CPU_GUID                             \
    {                                                      \
        0x87177aa2, 0xa576, 0x441b,                        \
        {                                                  \
            0xb9, 0xc1, 0x6f, 0x1e, 0xc4, 0xe5, 0x5c, 0xfd \
        }                                                  \
    }

/*
 * On *handle, NULL for a new one; EFI_RNG_ALGORITHM_RAW is offered, too, if the CPU has RDSEED.
 * EFI_SUCCESS with nothing installed when the CPU has no random numbers at all.
 * EFI_INVALID_PARAMETER, EFI_OUT_OF_RESOURCES.
 */
EFI_STATUS rng_install(EFI_HANDLE *handle);

#endif
