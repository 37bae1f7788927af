#include "shim/medium/medium.h"

static bool contains(const struct medium *medium, uint64_t offset, uint64_t bytes)
{
    return offset <= medium->bytes && bytes <= medium->bytes - offset;
}

EFI_STATUS medium_read(struct medium *medium, uint64_t offset, size_t bytes, void *buffer)
{
    if (!contains(medium, offset, bytes))
        return EFI_VOLUME_CORRUPTED;
    return medium->operations->read(medium, offset, bytes, buffer);
}

EFI_STATUS medium_write(struct medium *medium, uint64_t offset, size_t bytes, const void *buffer)
{
    if (medium->read_only)
        return EFI_WRITE_PROTECTED;
    if (!contains(medium, offset, bytes))
        return EFI_VOLUME_CORRUPTED;
    return medium->operations->write(medium, offset, bytes, buffer);
}

EFI_STATUS medium_flush(struct medium *medium)
{
    return medium->read_only ? EFI_SUCCESS : medium->operations->flush(medium);
}
