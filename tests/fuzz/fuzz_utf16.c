/* The input's first byte is how much room a cut result gets; what follows is read both ways. */
#include "loader/utf16.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"

/* Both convert into a buffer of exactly the size that is asked for; to be freed. */
static CHAR16 *to_utf16(const char *text)
{
    size_t needed = utf16_from_utf8(text, NULL, 0);
    CHAR16 *result = malloc(needed * sizeof(CHAR16));

    REQUIRE(utf16_from_utf8(text, result, needed) == needed);
    REQUIRE(utf16_length(result, needed) == needed - 1);
    return result;
}

static char *to_utf8(const CHAR16 *text)
{
    size_t needed = utf8_from_utf16(text, NULL, 0);
    char *result = malloc(needed);

    REQUIRE(utf8_from_utf16(text, result, needed) == needed);
    REQUIRE(strlen(result) == needed - 1);
    return result;
}

/* What was converted once is well-formed: it survives the way there and back. */
static void check_utf16_round_trip(const CHAR16 *text)
{
    char *utf8 = to_utf8(text);
    CHAR16 *back = to_utf16(utf8);
    char *again = to_utf8(back);

    REQUIRE(strcmp(utf8, again) == 0);
    free(again);
    free(back);
    free(utf8);
}

static void check_utf8_round_trip(const char *text)
{
    CHAR16 *utf16 = to_utf16(text);
    char *back = to_utf8(utf16);
    CHAR16 *again = to_utf16(back);
    size_t units = utf16_length(utf16, SIZE_MAX) + 1;

    REQUIRE(memcmp(utf16, again, units * sizeof(CHAR16)) == 0);
    free(again);
    free(back);
    free(utf16);
}

static void check_cut_utf16(const char *text, size_t room)
{
    CHAR16 *whole = to_utf16(text);
    CHAR16 *cut = malloc(room * sizeof(CHAR16));
    size_t length;

    REQUIRE(utf16_from_utf8(text, cut, room) == utf16_length(whole, SIZE_MAX) + 1);
    length = utf16_length(cut, room);
    REQUIRE(length < room && memcmp(cut, whole, length * sizeof(CHAR16)) == 0);
    REQUIRE(length == 0 || cut[length - 1] < 0xd800 || cut[length - 1] > 0xdbff);
    free(cut);
    free(whole);
}

static void check_cut_utf8(const CHAR16 *text, size_t room)
{
    char *whole = to_utf8(text);
    char *cut = malloc(room);
    size_t length;

    REQUIRE(utf8_from_utf16(text, cut, room) == strlen(whole) + 1);
    length = strnlen(cut, room);
    REQUIRE(length < room && memcmp(cut, whole, length) == 0);
    REQUIRE((whole[length] & 0xc0) != 0x80);
    free(cut);
    free(whole);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *utf8;
    CHAR16 *utf16;

    if (size == 0)
        return 0;
    utf8 = strndup((const char *)data + 1, size - 1);
    utf16 = calloc((size - 1) / sizeof(CHAR16) + 1, sizeof(CHAR16));
    memcpy(utf16, data + 1, (size - 1) / sizeof(CHAR16) * sizeof(CHAR16));
    check_utf8_round_trip(utf8);
    check_utf16_round_trip(utf16);
    check_cut_utf16(utf8, data[0] + 1U);
    check_cut_utf8(utf16, data[0] + 1U);
    free(utf16);
    free(utf8);
    return 0;
}
