/*
 * Configuration strings from and to blocks of bytes (UEFI 2.10 sections 35.4.5, 35.4.6). Boot
 * phase.
 */
#ifndef PVHEFI_SHIM_HII_HII_CONFIG_BLOCK_H
#define PVHEFI_SHIM_HII_HII_CONFIG_BLOCK_H

#include <stddef.h>
#include <stdint.h>

#include <efi.h>

/* BlockToConfig: EFI_INVALID_PARAMETER, EFI_DEVICE_ERROR, EFI_OUT_OF_RESOURCES. */
EFI_STATUS hii_config_from_block(const CHAR16 *request, const uint8_t *block, size_t block_bytes,
                                 CHAR16 **ret_config, const CHAR16 **ret_progress);

/*
 * ConfigToBlock; `block` may be NULL when *block_bytes is 0. EFI_INVALID_PARAMETER,
 * EFI_BUFFER_TOO_SMALL. Pure.
 */
EFI_STATUS hii_config_to_block(const CHAR16 *config, uint8_t *block, size_t *block_bytes,
                               const CHAR16 **ret_progress);

#endif
