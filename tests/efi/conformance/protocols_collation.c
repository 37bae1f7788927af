#include "tests/efi/conformance/protocols_collation.h"

#include "shim/text/unicode_collation.h"
#include "tests/efi/conformance/check.h"

#define COPIES     4
#define COPY_UNITS 64

EFI_UNICODE_COLLATION_PROTOCOL *collation(void)
{
    static EFI_GUID guid = EFI_UNICODE_COLLATION2_PROTOCOL_GUID;
    void *protocol;

    return boot->LocateProtocol(&guid, NULL, &protocol) == EFI_SUCCESS ? protocol : NULL;
}

CHAR16 *writable(const CHAR16 *text)
{
    static CHAR16 copies[COPIES][COPY_UNITS];
    static UINTN next;
    CHAR16 *copy = copies[next++ % COPIES];
    UINTN length = 0;

    for (; text[length] && length < COPY_UNITS - 1; length++)
        copy[length] = text[length];
    copy[length] = 0;
    return copy;
}
