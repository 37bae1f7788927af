/*
 * CRC-32 (IEEE 802.3: reflected 0xedb88320, start and end inverted), the one of EFI's table headers
 * (UEFI 4.2), of CalculateCrc32 (7.5.2) and of the GPT (5.3.2). Pure; every phase.
 */
#ifndef PVHEFI_LOADER_LIB_CRC32_H
#define PVHEFI_LOADER_LIB_CRC32_H

#include <stddef.h>
#include <stdint.h>

uint32_t crc32_compute(const void *data, size_t size);

/* The checksum of what `crc` is that of (0: of nothing) followed by `data`. */
uint32_t crc32_extend(uint32_t crc, const void *data, size_t size);

#endif
