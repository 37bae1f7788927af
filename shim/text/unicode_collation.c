#include "shim/text/unicode_collation.h"

#include <stdbool.h>
#include <stddef.h>

#include "shim/protocol/handle.h"
#include "shim/text/pattern.h"
#include "shim/text/unicode_case.h"

#define LATIN1_CAPITAL_FIRST 0xc0
#define LATIN1_CAPITAL_LAST  0xde
#define MULTIPLICATION_SIGN  0xd7

static INTN EFIAPI compare(EFI_UNICODE_COLLATION_PROTOCOL *this, CHAR16 *a, CHAR16 *b)
{
    (void)this;
    while (*a && unicode_upper(*a) == unicode_upper(*b)) {
        a++;
        b++;
    }
    return (INTN)unicode_upper(*a) - (INTN)unicode_upper(*b);
}

static BOOLEAN EFIAPI match(EFI_UNICODE_COLLATION_PROTOCOL *this, CHAR16 *text, CHAR16 *pattern)
{
    (void)this;
    return pattern_matches(text, pattern);
}

static VOID EFIAPI to_lower(EFI_UNICODE_COLLATION_PROTOCOL *this, CHAR16 *text)
{
    (void)this;
    for (; *text; text++)
        *text = unicode_lower(*text);
}

static VOID EFIAPI to_upper(EFI_UNICODE_COLLATION_PROTOCOL *this, CHAR16 *text)
{
    (void)this;
    for (; *text; text++)
        *text = unicode_upper(*text);
}

/* The OEM character set is Latin-1: its characters are those of UCS-2. */
static VOID EFIAPI fat_to_string(EFI_UNICODE_COLLATION_PROTOCOL *this, UINTN bytes, CHAR8 *fat,
                                 CHAR16 *text)
{
    (void)this;
    for (; bytes && *fat; bytes--)
        *text++ = (unsigned char)*fat++;
    *text = 0;
}

/* What a short name may consist of (Microsoft's FAT specification, section 6.1), in upper case. */
static bool is_fat_character(CHAR16 unit)
{
    if ((unit >= 'A' && unit <= 'Z') || (unit >= '0' && unit <= '9'))
        return true;
    for (const char *sign = "!#$%&'()-@^_`{}~"; *sign; sign++)
        if (unit == (unsigned char)*sign)
            return true;
    return unit >= LATIN1_CAPITAL_FIRST && unit <= LATIN1_CAPITAL_LAST &&
           unit != MULTIPLICATION_SIGN;
}

static BOOLEAN EFIAPI string_to_fat(EFI_UNICODE_COLLATION_PROTOCOL *this, CHAR16 *text, UINTN bytes,
                                    CHAR8 *fat)
{
    BOOLEAN replaced = FALSE;

    (void)this;
    for (; *text && bytes; text++) {
        CHAR16 unit = unicode_upper(*text);

        if (unit == '.' || unit == ' ')
            continue;
        if (!is_fat_character(unit)) {
            unit = '_';
            replaced = TRUE;
        }
        *fat++ = (CHAR8)unit;
        bytes--;
    }
    return replaced;
}

static CHAR8 iso_639_2_languages[] = "eng";
static CHAR8 rfc_4646_languages[] = "en";

static EFI_UNICODE_COLLATION_PROTOCOL protocol = {
    .StriColl = compare,
    .MetaiMatch = match,
    .StrLwr = to_lower,
    .StrUpr = to_upper,
    .FatToStr = fat_to_string,
    .StrToFat = string_to_fat,
    .SupportedLanguages = iso_639_2_languages,
};

static EFI_UNICODE_COLLATION_PROTOCOL protocol2;

EFI_STATUS unicode_collation_install(EFI_HANDLE *handle)
{
    static const EFI_GUID guid = EFI_UNICODE_COLLATION_PROTOCOL_GUID;
    static const EFI_GUID guid2 = EFI_UNICODE_COLLATION2_PROTOCOL_GUID;
    EFI_STATUS status = handle_install(handle, &guid, &protocol);

    if (status != EFI_SUCCESS)
        return status;
    protocol2 = protocol;
    protocol2.SupportedLanguages = rfc_4646_languages;
    return handle_install(handle, &guid2, &protocol2);
}
