#include "shim/text/pattern.h"

#include <stddef.h>

#include "shim/text/unicode_case.h"

/* Where the ']' of the set that begins at `set` is; NULL without one. */
static const CHAR16 *set_end(const CHAR16 *set)
{
    while (*set && *set != ']')
        set++;
    return *set ? set : NULL;
}

static bool set_contains(const CHAR16 *set, const CHAR16 *end, CHAR16 unit)
{
    while (set < end) {
        CHAR16 first = unicode_upper(set[0]);
        CHAR16 last = first;

        if (end - set > 2 && set[1] == '-') {
            last = unicode_upper(set[2]);
            set += 2;
        }
        set++;
        if (unit >= first && unit <= last)
            return true;
    }
    return false;
}

/* What follows the part of the pattern that stands for `unit`; NULL when it does not. */
static const CHAR16 *match_one(const CHAR16 *pattern, CHAR16 unit)
{
    const CHAR16 *end;

    unit = unicode_upper(unit);
    switch (*pattern) {
    case 0:
        return NULL;
    case '?':
        return pattern + 1;
    case '[':
        end = set_end(pattern + 1);
        return end && set_contains(pattern + 1, end, unit) ? end + 1 : NULL;
    default:
        return unicode_upper(*pattern) == unit ? pattern + 1 : NULL;
    }
}

/* Only the last '*' ever has to take more: what the ones before it took can stay as it is. */
bool pattern_matches(const CHAR16 *text, const CHAR16 *pattern)
{
    const CHAR16 *retry_pattern = NULL;
    const CHAR16 *retry_text = NULL;

    while (*text) {
        const CHAR16 *next;

        if (*pattern == '*') {
            retry_pattern = ++pattern;
            retry_text = text;
            continue;
        }
        next = match_one(pattern, *text);
        if (next) {
            pattern = next;
            text++;
            continue;
        }
        if (!retry_pattern)
            return false;
        pattern = retry_pattern;
        text = ++retry_text;
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == 0;
}
