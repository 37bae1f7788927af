/* The protocol itself, and StriColl. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/protocols.h"
#include "tests/efi/conformance/protocols_collation.h"

static INTN compare(const CHAR16 *a, const CHAR16 *b)
{
    return collation()->StriColl(collation(), writable(a), writable(b));
}

static bool has_english(const CHAR8 *languages)
{
    for (; languages[0]; languages++) {
        if (languages[0] == 'e' && languages[1] == 'n')
            return true;
    }
    return false;
}

void protocols_compare_tests(void)
{
    topic("protocols.collation", "21.1.1");
    if (!collation()) {
        skip_topic("no Unicode collation");
        return;
    }
    check("language", has_english(collation()->SupportedLanguages), "it is made for English");
    topic("protocols.collation-compare", "21.1.2");
    check("same", compare(L"Shell.efi", L"Shell.efi") == 0, "the same text is equal");
    check("case", compare(L"Shell.EFI", L"sHELL.efi") == 0, "in any case");
    check("empty", compare(L"", L"") == 0, "no text equals no text");
    check("less", compare(L"abc", L"abd") < 0, "an earlier letter is less");
    check("greater", compare(L"abd", L"abc") > 0, "a later one is greater");
    check("less-case", compare(L"a", L"B") < 0, "in any case");
    check("greater-case", compare(L"B", L"a") > 0, "on either side");
    check("shorter", compare(L"ab", L"abc") < 0, "a shorter text is less");
    check("longer", compare(L"abc", L"ab") > 0, "a longer one is greater");
    check("shorter-empty", compare(L"", L"a") < 0, "no text is less than any");
    check("digits", compare(L"a1", L"a2") < 0, "digits have their order");
    check("not-numbers", compare(L"a10", L"a9") < 0, "which is not that of numbers");
}
