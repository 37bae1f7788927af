/* MetaiMatch. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/protocols.h"
#include "tests/efi/conformance/protocols_collation.h"

static const struct {
    const char *name;
    const CHAR16 *text;
    const CHAR16 *pattern;
    bool matches;
} samples[] = {
    {"same", L"boot.efi", L"boot.efi", true},
    {"case", L"BOOT.efi", L"boot.EFI", true},
    {"other", L"boot.efi", L"boot.img", false},
    {"empty", L"", L"", true},
    {"empty-pattern", L"a", L"", false},
    {"empty-text", L"", L"a", false},
    {"prefix", L"boot", L"boo", false},
    {"suffix", L"boo", L"boot", false},
    {"star", L"anything", L"*", true},
    {"star-empty", L"", L"*", true},
    {"star-end", L"boot.efi", L"boot*", true},
    {"star-start", L"boot.efi", L"*.efi", true},
    {"star-start-other", L"boot.img", L"*.efi", false},
    {"star-middle", L"bootx64.efi", L"boot*.efi", true},
    {"star-nothing", L"boot.efi", L"boot*.efi", true},
    {"star-again", L"a.b.efi", L"*.efi", true},
    {"star-twice", L"xaybzc", L"*a*c", true},
    {"star-twice-other", L"xaybz", L"*a*c", false},
    {"stars", L"abc", L"***", true},
    {"star-backtrack", L"aaab", L"*aab", true},
    {"mark", L"boot1", L"boot?", true},
    {"mark-nothing", L"boot", L"boot?", false},
    {"marks", L"abc", L"???", true},
    {"marks-more", L"abcd", L"???", false},
    {"set", L"boot2", L"boot[123]", true},
    {"set-other", L"boot4", L"boot[123]", false},
    {"set-case", L"bootB", L"boot[abc]", true},
    {"range", L"boot7", L"boot[0-9]", true},
    {"range-other", L"bootx", L"boot[0-9]", false},
    {"range-case", L"bootX", L"boot[a-z]", true},
    {"range-and-set", L"boot_", L"boot[0-9_]", true},
    {"star-and-range", L"vmlinuz-6.1", L"vm*[0-9]", true},
};

void protocols_match_tests(void)
{
    if (!collation())
        return;
    topic("protocols.collation-match", "21.1.3");
    for (UINTN i = 0; i < COUNT_OF(samples); i++) {
        bool found = collation()->MetaiMatch(collation(), writable(samples[i].text),
                                             writable(samples[i].pattern));

        check(samples[i].name, found == samples[i].matches,
              samples[i].matches ? "the text is of the pattern" : "the text is not");
    }
}
