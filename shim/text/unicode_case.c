#include "shim/text/unicode_case.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Upper-case letters from `first` to `last`, every one or every second one of them. */
struct case_range {
    uint16_t first;
    uint16_t last;
    int16_t to_lower;
    uint16_t step;
};

/* Simple case mappings of the Unicode character database, where both directions agree. */
static const struct case_range ranges[] = {
    {0x0041, 0x005a, 32, 1}, /* A–Z */
    {0x00c0, 0x00d6, 32, 1}, /* Latin-1, around × */
    {0x00d8, 0x00de, 32, 1},
    {0x0100, 0x012e, 1, 2}, /* Latin Extended-A; the Turkish i is no pair */
    {0x0132, 0x0136, 1, 2},
    {0x0139, 0x0147, 1, 2},
    {0x014a, 0x0176, 1, 2},
    {0x0178, 0x0178, -121, 1}, /* Ÿ, its small letter is in Latin-1 */
    {0x0179, 0x017d, 1, 2},
    {0x01a0, 0x01a4, 1, 2}, /* Latin Extended-B, where it is regular; Vietnamese */
    {0x01af, 0x01af, 1, 1},
    {0x01cd, 0x01db, 1, 2},
    {0x01de, 0x01ee, 1, 2},
    {0x01f8, 0x021e, 1, 2},
    {0x0222, 0x0232, 1, 2},
    {0x0386, 0x0386, 38, 1}, /* Greek with tonos */
    {0x0388, 0x038a, 37, 1},
    {0x038c, 0x038c, 64, 1},
    {0x038e, 0x038f, 63, 1},
    {0x0391, 0x03a1, 32, 1}, /* Greek */
    {0x03a3, 0x03ab, 32, 1},
    {0x03a3, 0x03a3, 31, 1}, /* ς is a second small letter of Σ */
    {0x03d8, 0x03ee, 1, 2},
    {0x0400, 0x040f, 80, 1}, /* Cyrillic */
    {0x0410, 0x042f, 32, 1},
    {0x0460, 0x0480, 1, 2},
    {0x048a, 0x04be, 1, 2},
    {0x04c0, 0x04c0, 15, 1},
    {0x04c1, 0x04cd, 1, 2},
    {0x04d0, 0x052e, 1, 2},
    {0x0531, 0x0556, 48, 1}, /* Armenian */
    {0x1e00, 0x1e94, 1, 2},  /* Latin Extended Additional */
    {0x1ea0, 0x1efe, 1, 2},
    {0xff21, 0xff3a, 32, 1}, /* full width A–Z */
};

static bool contains(const struct case_range *range, int32_t upper)
{
    return upper >= range->first && upper <= range->last &&
           (upper - range->first) % range->step == 0;
}

CHAR16 unicode_upper(CHAR16 unit)
{
    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
        if (contains(&ranges[i], unit - ranges[i].to_lower))
            return (CHAR16)(unit - ranges[i].to_lower);
    return unit;
}

CHAR16 unicode_lower(CHAR16 unit)
{
    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
        if (contains(&ranges[i], unit))
            return (CHAR16)(unit + ranges[i].to_lower);
    return unit;
}
