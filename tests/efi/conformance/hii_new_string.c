/* NewString: a new id, in a language that is there or a new one. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/hii.h"
#include "tests/efi/conformance/hii_sample.h"

#define TEXT_UNITS 32

static EFI_HII_STRING_PROTOCOL *strings;
static EFI_HII_HANDLE list;

static EFI_STATUS add(const char *language, const CHAR16 *text, UINT16 *id)
{
    return strings->NewString(strings, list, id, (const CHAR8 *)language, L"name", text, NULL);
}

static const CHAR16 *text_of(const char *language, UINT16 id)
{
    static CHAR16 text[TEXT_UNITS];
    UINTN bytes = sizeof(text);
    EFI_STATUS status =
        strings->GetString(strings, (const CHAR8 *)language, list, id, text, &bytes, NULL);

    return status == EFI_SUCCESS ? text : NULL;
}

static void adding(void)
{
    UINT16 first = 0;
    UINT16 second = 0;
    UINT16 foreign = 0;

    topic("hii.new-string", "34.3.2");
    check_status("add", add("en-US", L"three", &first), EFI_SUCCESS, "a string is added");
    check_number("id", first, SAMPLE_LAST + 1, "under the first id that is free");
    check_text("text", text_of("en-US", first), "three", "it can be read");
    check_status("add-again", add("en-US", L"three", &second), EFI_SUCCESS, "the same once more");
    check_number("other-id", second, first + 1u, "is another string");
    check_status("language", add("fr-FR", L"quatre", &foreign), EFI_SUCCESS, "in a new language");
    check("language-id", foreign > second, "it has an id that no other language has");
    check_text("language-text", text_of("fr-FR", foreign), "quatre", "and can be read");
    check_text("kept", text_of("en-US", SAMPLE_TWO), "two", "the old ones are what they were");
}

static void wrong_parameters(void)
{
    UINT16 id;

    topic("hii.new-string", "34.3.2");
    check_status("no-id", add("en-US", L"text", NULL), EFI_INVALID_PARAMETER,
                 "a place for the id must be given");
    check_status("no-text", add("en-US", NULL, &id), EFI_INVALID_PARAMETER, "a text must");
    check_status("no-language", add(NULL, L"text", &id), EFI_INVALID_PARAMETER, "and a language");
    list = &id;
    check_status("no-list", add("en-US", L"text", &id), EFI_NOT_FOUND, "and a list that there is");
}

void hii_new_string_tests(void)
{
    EFI_HII_HANDLE own;

    topic("hii.new-string", "34.3.2");
    strings = hii_strings();
    own = list = strings ? hii_sample_add() : NULL;
    if (!list)
        return;
    adding();
    wrong_parameters();
    hii_sample_remove(own);
}
