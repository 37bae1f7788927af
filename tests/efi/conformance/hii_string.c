/* Strings of a package list, by id and language. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/hii.h"
#include "tests/efi/conformance/hii_sample.h"

#define TEXT_UNITS 32

static EFI_HII_STRING_PROTOCOL *strings;
static EFI_HII_HANDLE list;
static CHAR16 text[TEXT_UNITS];

static EFI_STATUS get(const char *language, UINT16 id, UINTN bytes)
{
    text[0] = 0;
    return strings->GetString(strings, (const CHAR8 *)language, list, id, text, &bytes, NULL);
}

static const CHAR16 *text_of(const char *language, UINT16 id)
{
    return get(language, id, sizeof(text)) == EFI_SUCCESS ? text : NULL;
}

static void reading(void)
{
    UINTN bytes = 0;

    topic("hii.get-string", "34.3.3");
    check_text("english", text_of("en-US", SAMPLE_ONE), "one", "a string in English");
    check_text("english-last", text_of("en-US", SAMPLE_LAST), "two", "the last one");
    check_text("german", text_of("de-DE", SAMPLE_ONE), "eins", "the first one in German");
    check_status(
        "size",
        strings->GetString(strings, (const CHAR8 *)"de-DE", list, SAMPLE_ONE, NULL, &bytes, NULL),
        EFI_BUFFER_TOO_SMALL, "the size is asked");
    check_number("size-told", bytes, sizeof(L"eins"), "in bytes, with the end");
    check_status("too-small", get("en-US", SAMPLE_ONE, sizeof(L"one") - 1), EFI_BUFFER_TOO_SMALL,
                 "a byte too few");
    check_status("just-enough", get("en-US", SAMPLE_ONE, sizeof(L"one")), EFI_SUCCESS,
                 "just enough of them");
}

static void not_there(void)
{
    EFI_HII_HANDLE own = list;
    UINTN bytes = sizeof(text);

    topic("hii.get-string", "34.3.3");
    check_status("other-language", get("fr-FR", SAMPLE_ONE, sizeof(text)), EFI_INVALID_LANGUAGE,
                 "a string that is there in other languages");
    check_status("no-translation", get("de-DE", SAMPLE_TWO, sizeof(text)), EFI_INVALID_LANGUAGE,
                 "one that this language lacks");
    check_status("no-string", get("en-US", SAMPLE_LAST + 1, sizeof(text)), EFI_NOT_FOUND,
                 "one that none has");
    check_refused("id-0", get("en-US", 0, sizeof(text)), "no string has the id 0");
    list = &bytes;
    check_status("no-list", get("en-US", SAMPLE_ONE, sizeof(text)), EFI_NOT_FOUND,
                 "a list that there is not");
    list = own;
    check_status("null-language",
                 strings->GetString(strings, NULL, list, SAMPLE_ONE, text, &bytes, NULL),
                 EFI_INVALID_PARAMETER, "a language must be given");
    check_status(
        "null-size",
        strings->GetString(strings, (const CHAR8 *)"en-US", list, SAMPLE_ONE, text, NULL, NULL),
        EFI_INVALID_PARAMETER, "and a size");
}

static EFI_STATUS set(const char *language, UINT16 id, const CHAR16 *new)
{
    return strings->SetString(strings, list, id, (const CHAR8 *)language, new, NULL);
}

static void changing(void)
{
    topic("hii.set-string", "34.3.4");
    check_status("set", set("en-US", SAMPLE_ONE, L"another one"), EFI_SUCCESS,
                 "a string is changed");
    check_text("is-set", text_of("en-US", SAMPLE_ONE), "another one", "then it is that");
    check_text("next", text_of("en-US", SAMPLE_TWO), "two", "the next one is what it was");
    check_text("other-language", text_of("de-DE", SAMPLE_ONE), "eins", "so is that in German");
    check_status("no-string", set("en-US", SAMPLE_LAST + 1, L"three"), EFI_NOT_FOUND,
                 "one that there is not");
    check_status("null-text", set("en-US", SAMPLE_ONE, NULL), EFI_INVALID_PARAMETER,
                 "a text must be given");
    check_status("null-language", set(NULL, SAMPLE_ONE, L"one"), EFI_INVALID_PARAMETER,
                 "and a language");
}

void hii_string_tests(void)
{
    topic("hii.get-string", "34.3.3");
    strings = hii_strings();
    list = strings ? hii_sample_add() : NULL;
    if (!list)
        return;
    reading();
    not_there();
    changing();
    hii_sample_remove(list);
}
