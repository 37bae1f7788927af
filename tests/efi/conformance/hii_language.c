/* The languages of a package list. */
#include "loader/lib/string.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/hii.h"
#include "tests/efi/conformance/hii_sample.h"

#define PRIMARY   "en-US;de-DE"
#define SECONDARY "de-AT"

static EFI_HII_STRING_PROTOCOL *strings;
static char languages[64];

static bool languages_are(const char *expected)
{
    return !strcmp(languages, expected);
}

static void primary(EFI_HII_HANDLE list)
{
    UINTN bytes = 0;

    topic("hii.languages", "34.3.5");
    check_status("size", strings->GetLanguages(strings, list, NULL, &bytes), EFI_BUFFER_TOO_SMALL,
                 "the size is asked");
    check_number("size-told", bytes, sizeof(PRIMARY), "with separators and the end");
    bytes = sizeof(languages);
    check_status("get", strings->GetLanguages(strings, list, (CHAR8 *)languages, &bytes),
                 EFI_SUCCESS, "they are listed");
    check("text", languages_are(PRIMARY), "in the order of their packages");
    check_status("no-size", strings->GetLanguages(strings, list, (CHAR8 *)languages, NULL),
                 EFI_INVALID_PARAMETER, "a size must be given");
    check_status("no-list", strings->GetLanguages(strings, &bytes, (CHAR8 *)languages, &bytes),
                 EFI_NOT_FOUND, "and a list that there is");
}

static EFI_STATUS secondary_of(EFI_HII_HANDLE list, const char *language, UINTN *bytes)
{
    return strings->GetSecondaryLanguages(strings, list, (const CHAR8 *)language,
                                          (CHAR8 *)languages, bytes);
}

static void secondary(EFI_HII_HANDLE list)
{
    UINTN bytes = sizeof(languages);

    topic("hii.secondary-languages", "34.3.6");
    check_status("get", secondary_of(list, "de-DE", &bytes), EFI_SUCCESS, "they are listed");
    check("text", languages_are(SECONDARY), "without the primary one");
    check_number("bytes", bytes, sizeof(SECONDARY), "with the end");
    bytes = sizeof(languages);
    check_status("none", secondary_of(list, "en-US", &bytes), EFI_SUCCESS,
                 "a language without any");
    check("none-text", languages_are(""), "has an empty list");
    bytes = sizeof(languages);
    check_status("unknown", secondary_of(list, "fr-FR", &bytes), EFI_INVALID_LANGUAGE,
                 "a language that is not there");
    check_status("no-language", secondary_of(list, NULL, &bytes), EFI_INVALID_PARAMETER,
                 "one must be given");
    bytes = sizeof(SECONDARY) - 1;
    check_status("too-small", secondary_of(list, "de-DE", &bytes), EFI_BUFFER_TOO_SMALL,
                 "a byte too few");
    check_number("too-small-size", bytes, sizeof(SECONDARY), "and how many there must be");
}

void hii_language_tests(void)
{
    EFI_HII_HANDLE list;

    topic("hii.languages", "34.3.5");
    strings = hii_strings();
    list = strings ? hii_sample_add() : NULL;
    if (!list)
        return;
    primary(list);
    secondary(list);
    hii_sample_remove(list);
}
