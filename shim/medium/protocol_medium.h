/*
 * A medium on the protocols of a disk or partition: DiskIo for its bytes, BlockIo for what it is.
 * Boot phase, up to TPL_CALLBACK.
 */
#ifndef PVHEFI_SHIM_MEDIUM_PROTOCOL_MEDIUM_H
#define PVHEFI_SHIM_MEDIUM_PROTOCOL_MEDIUM_H

#include <efi.h>

#include "shim/medium/medium.h"

struct protocol_medium {
    struct medium medium;
    EFI_BLOCK_IO_PROTOCOL *block_io;
    EFI_DISK_IO_PROTOCOL *disk_io; /* NULL when the device is gone */
    uint32_t media_id;
};

/*
 * EFI_UNSUPPORTED without these protocols or with blocks that no disk has; EFI_NO_MEDIA. The
 * protocols must stay until protocol_medium_detach().
 */
EFI_STATUS protocol_medium_init(struct protocol_medium *medium, EFI_HANDLE device);

/* From now on everything is EFI_NO_MEDIA. */
void protocol_medium_detach(struct protocol_medium *medium);

#endif
