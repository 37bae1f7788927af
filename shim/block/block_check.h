/*
 * What a client asks of a block device, against what the medium is (UEFI 2.10 sections 13.7 to
 * 13.10). Pure.
 */
#ifndef PVHEFI_SHIM_BLOCK_BLOCK_CHECK_H
#define PVHEFI_SHIM_BLOCK_BLOCK_CHECK_H

#include <stdint.h>

#include <efi.h>

#include "shim/block/block_device.h"

/*
 * ReadBlocks and WriteBlocks: EFI_NO_MEDIA; EFI_MEDIA_CHANGED; EFI_WRITE_PROTECTED for a write to a
 * read-only medium; EFI_BAD_BUFFER_SIZE when `bytes` is not a multiple of the block size;
 * EFI_INVALID_PARAMETER for blocks that are not there, and for a buffer that is NULL or not aligned
 * to IoAlign. No bytes at all are fine wherever they are.
 */
EFI_STATUS block_check(const EFI_BLOCK_IO_MEDIA *media, uint32_t media_id,
                       enum block_operation operation, uint64_t lba, uint64_t bytes,
                       const void *buffer);

/* ReadDisk and WriteDisk, at a byte: no sizes and no alignment are wrong. */
EFI_STATUS block_check_bytes(const EFI_BLOCK_IO_MEDIA *media, uint32_t media_id,
                             enum block_operation operation, uint64_t offset, uint64_t bytes,
                             const void *buffer);

#endif
