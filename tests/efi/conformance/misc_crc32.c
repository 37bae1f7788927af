/* CalculateCrc32. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/misc.h"

static UINT32 crc_of(const void *data, UINTN bytes)
{
    UINT32 crc = 0;
    EFI_STATUS status = boot->CalculateCrc32((void *)(UINTN)data, bytes, &crc);

    return need_status(status, "CRC") ? crc : 0;
}

static void known_values(void)
{
    static const struct {
        const char *name;
        const char *data;
        UINTN bytes;
        UINT32 crc;
    } samples[] = {
        {"digits", "123456789", 9, 0xcbf43926}, {"letter", "a", 1, 0xe8b7be43},
        {"text", "abc", 3, 0x352441c2},         {"zero", "\0", 1, 0xd202ef8d},
        {"zeroes", "\0\0\0\0", 4, 0x2144df1c},  {"ones", "\xff\xff\xff\xff", 4, 0xffffffff},
    };

    topic("misc.crc32", "7.5.7");
    for (UINTN i = 0; i < COUNT_OF(samples); i++)
        check_number(samples[i].name, crc_of(samples[i].data, samples[i].bytes), samples[i].crc,
                     "the CRC of known data");
}

/* Whatever an implementation does with words or tables, an odd address is not special. */
static void places(void)
{
    static UINT8 bytes[64];
    UINT32 first;

    topic("misc.crc32", "7.5.7");
    for (UINTN i = 0; i < 21; i++)
        bytes[i] = (UINT8)(i * 37);
    first = crc_of(bytes, 21);
    for (UINTN place = 1; place <= 8; place++) {
        boot->CopyMem(bytes + place, bytes + place - 1, 21);
        check_number(numbered("place-", (unsigned int)place), crc_of(bytes + place, 21), first,
                     "does not depend on the address");
    }
    bytes[8]++;
    check("one-bit", crc_of(bytes + 8, 21) != first, "depends on each bit");
}

static void wrong_parameters(void)
{
    UINT32 crc = 0x12345678;

    topic("misc.crc32", "7.5.7");
    check_status("no-data", boot->CalculateCrc32(NULL, 4, &crc), EFI_INVALID_PARAMETER,
                 "data must be given");
    check_status("no-bytes", boot->CalculateCrc32("a", 0, &crc), EFI_INVALID_PARAMETER,
                 "at least one byte of it");
    check_status("no-result", boot->CalculateCrc32("a", 1, NULL), EFI_INVALID_PARAMETER,
                 "and a place for the CRC");
    check_number("untouched", crc, 0x12345678, "no error writes one");
}

void misc_crc32_tests(void)
{
    known_values();
    places();
    wrong_parameters();
}
