/* SetMem. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/misc.h"

#define BYTES 192

static UINT8 buffer[BYTES];

static bool sets(UINTN start, UINTN bytes, UINT8 value)
{
    for (UINTN i = 0; i < BYTES; i++)
        buffer[i] = (UINT8)~value;
    boot->SetMem(buffer + start, bytes, value);
    for (UINTN i = 0; i < BYTES; i++) {
        bool inside = i >= start && i - start < bytes;

        if (buffer[i] != (inside ? value : (UINT8)~value))
            return false;
    }
    return true;
}

static bool sets_all_lengths(UINTN start, UINT8 value)
{
    for (UINTN bytes = 0; bytes <= 100; bytes++) {
        if (!sets(start, bytes, value))
            return false;
    }
    return true;
}

void misc_set_tests(void)
{
    topic("misc.set-mem", "7.5.4");
    for (UINTN offset = 0; offset < 8; offset++)
        check(numbered("offset-", (unsigned int)offset), sets_all_lengths(32 + offset, 0xa5),
              "up to 100 bytes are set at any address, and no more");
    check("zero", sets_all_lengths(32, 0), "to 0");
    check("ones", sets_all_lengths(32, 0xff), "to 0xff");
    check("nothing", sets(32, 0, 1), "no bytes are set");
}
