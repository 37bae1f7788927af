#include "tests/efi/conformance/table_header.h"

#include "loader/lib/crc32.h"
#include "loader/lib/string.h"

bool table_crc_is_right(const EFI_TABLE_HEADER *header)
{
    static UINT8 copy[1024];

    if (header->HeaderSize < sizeof(*header) || header->HeaderSize > sizeof(copy))
        return false;
    memcpy(copy, header, header->HeaderSize);
    ((EFI_TABLE_HEADER *)copy)->CRC32 = 0;
    return crc32_compute(copy, header->HeaderSize) == header->CRC32;
}
