/*
 * Bytes on a disk or in a partition, at any offset: what the parsers of partition tables and the
 * file systems read and write. Boot phase.
 */
#ifndef PVHEFI_SHIM_MEDIUM_MEDIUM_H
#define PVHEFI_SHIM_MEDIUM_MEDIUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <efi.h>

struct medium;

/* Called with ranges inside the medium only. EFI_DEVICE_ERROR, EFI_NO_MEDIA, EFI_MEDIA_CHANGED … */
struct medium_operations {
    EFI_STATUS (*read)(struct medium *medium, uint64_t offset, size_t bytes, void *buffer);
    EFI_STATUS (*write)(struct medium *medium, uint64_t offset, size_t bytes, const void *buffer);
    EFI_STATUS (*flush)(struct medium *medium);
};

struct medium {
    const struct medium_operations *operations;
    uint64_t bytes;
    uint32_t block_bytes; /* what the disk moves at least: a power of two from 512 on */
    bool read_only;
};

/*
 * EFI_VOLUME_CORRUPTED for bytes beyond the end: whoever asks for them follows damaged structures;
 * the errors of the operations. Large ranges are one request where the disk allows it.
 */
EFI_STATUS medium_read(struct medium *medium, uint64_t offset, size_t bytes, void *buffer);

/* The same, and EFI_WRITE_PROTECTED. */
EFI_STATUS medium_write(struct medium *medium, uint64_t offset, size_t bytes, const void *buffer);

/* What was written is safe when it returns. */
EFI_STATUS medium_flush(struct medium *medium);

#endif
