/* StrLwr and StrUpr, and names of FAT. */
#include "loader/lib/string.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/protocols.h"
#include "tests/efi/conformance/protocols_collation.h"

#define UNTOUCHED 0x5a
#define NAME_MAX  16

static void cases(void)
{
    CHAR16 *text = writable(L"Boot X64.EFI [_9]");

    topic("protocols.collation-case", "21.1.4");
    collation()->StrLwr(collation(), text);
    check_text("lower", text, "boot x64.efi [_9]", "all letters become small");
    topic("protocols.collation-case", "21.1.5");
    collation()->StrUpr(collation(), text);
    check_text("upper", text, "BOOT X64.EFI [_9]", "all letters become capitals");
    text = writable(L"");
    collation()->StrUpr(collation(), text);
    check_text("upper-empty", text, "", "nothing stays nothing");
}

static void from_fat(void)
{
    CHAR16 text[NAME_MAX];

    topic("protocols.fat-to-str", "21.1.6");
    collation()->FatToStr(collation(), 8, (CHAR8 *)"BOOTX64 EFI", text);
    check_text("cut-off", text, "BOOTX64 ", "as many characters as were asked for");
    collation()->FatToStr(collation(), 11, (CHAR8 *)"AB\0CD", text);
    check_text("ends", text, "AB", "or until the name ends");
}

static void to_fat(const char *name, const CHAR16 *text, UINTN bytes, const char *expected,
                   bool replaced)
{
    CHAR8 fat[NAME_MAX];
    bool found;

    memset(fat, UNTOUCHED, sizeof(fat));
    found = collation()->StrToFat(collation(), writable(text), bytes, fat);
    check(name,
          found == replaced && memcmp(fat, expected, strlen(expected)) == 0 &&
              (fat[strlen(expected)] == UNTOUCHED || fat[strlen(expected)] == 0),
          expected);
}

static void names(void)
{
    topic("protocols.str-to-fat", "21.1.7");
    to_fat("letters", L"bootx64", 8, "BOOTX64", false);
    to_fat("dots", L"boot x64.efi", 11, "BOOTX64EFI", false);
    to_fat("cut-off", L"abcdefghij", 8, "ABCDEFGH", false);
    to_fat("signs", L"a_b-c$", 8, "A_B-C$", false);
    to_fat("replaced", L"a+b=c", 8, "A_B_C", true);
    to_fat("empty", L"", 8, "", false);
}

void protocols_case_tests(void)
{
    if (!collation())
        return;
    cases();
    from_fat();
    names();
}
