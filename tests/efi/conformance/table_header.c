#include "tests/efi/conformance/table_header.h"

#include <stddef.h>

#include "tests/efi/conformance/check.h"

bool table_crc_is_right(const EFI_TABLE_HEADER *header)
{
    static UINT8 copy[1024];
    UINT32 crc;

    if (header->HeaderSize < sizeof(*header) || header->HeaderSize > sizeof(copy))
        return false;
    boot->CopyMem(copy, (void *)(UINTN)header, header->HeaderSize);
    ((EFI_TABLE_HEADER *)copy)->CRC32 = 0;
    return boot->CalculateCrc32(copy, header->HeaderSize, &crc) == EFI_SUCCESS &&
           crc == header->CRC32;
}
