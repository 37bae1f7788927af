/*
 * LINUX_EFI_RANDOM_SEED_TABLE: entropy for the kernel's random number generator before it has any
 * (Linux's include/linux/efi.h; systemd-boot knows it too). Boot phase.
 */
#ifndef PVHEFI_TABLES_RNG_SEED_H
#define PVHEFI_TABLES_RNG_SEED_H

#include <efi.h>

/*
 * Publishes a seed when the CPU has random numbers; without them there is no table. EFI_UNSUPPORTED
 * then, EFI_OUT_OF_RESOURCES.
 */
EFI_STATUS rng_seed_install(void);

#endif
