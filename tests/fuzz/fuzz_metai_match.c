/*
 * The input's bytes are the text, a zero, and the pattern, from an alphabet in which much matches;
 * a matcher that tries everything says what is right.
 */
#include "shim/text/pattern.h"

#include <stdlib.h>
#include <string.h>

#include "shim/text/unicode_case.h"
#include "tests/fuzz/fuzz.h"

/* Trying everything takes as long as it sounds. */
#define LENGTH_MAX 10

static const CHAR16 alphabet[] = u"aAbBzÄäж1**??[]--";

static bool in_set(const CHAR16 *set, const CHAR16 *end, CHAR16 unit)
{
    for (const CHAR16 *at = set; at < end; at++) {
        bool range = end - at >= 3 && at[1] == '-';
        CHAR16 low = unicode_upper(at[0]);
        CHAR16 high = unicode_upper(range ? at[2] : at[0]);

        if (low <= unit && unit <= high)
            return true;
        at += range ? 2 : 0;
    }
    return false;
}

static bool naive(const CHAR16 *text, const CHAR16 *pattern)
{
    const CHAR16 *end = pattern + 1;

    switch (*pattern) {
    case 0:
        return *text == 0;
    case '*':
        return naive(text, pattern + 1) || (*text && naive(text + 1, pattern));
    case '?':
        return *text && naive(text + 1, pattern + 1);
    case '[':
        while (*end && *end != ']')
            end++;
        return *text && *end && in_set(pattern + 1, end, unicode_upper(*text)) &&
               naive(text + 1, end + 1);
    default:
        return unicode_upper(*text) == unicode_upper(*pattern) && naive(text + 1, pattern + 1);
    }
}

/* On the heap, with nothing behind its NUL. */
static CHAR16 *text_of(const uint8_t *data, size_t size)
{
    CHAR16 *text;

    if (size > LENGTH_MAX)
        size = LENGTH_MAX;
    text = malloc((size + 1) * sizeof(CHAR16));
    for (size_t i = 0; i < size; i++)
        text[i] = alphabet[data[i] % (sizeof(alphabet) / sizeof(alphabet[0]) - 1)];
    text[size] = 0;
    return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *zero = size ? memchr(data, 0, size) : NULL;
    size_t length = zero ? (size_t)(zero - data) : size;
    CHAR16 *text = text_of(data, length);
    CHAR16 *pattern = zero ? text_of(zero + 1, size - length - 1) : text_of(data, 0);

    REQUIRE(pattern_matches(text, pattern) == naive(text, pattern));
    free(pattern);
    free(text);
    return 0;
}
