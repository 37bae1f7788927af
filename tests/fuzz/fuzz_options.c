/* The input's first byte is how much room the rest gets, what follows is the command line. */
#include "loader/options.h"

#include <stdlib.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"

/* Parses into a buffer of exactly `rest_bytes`; to be freed. */
static char *parse(const char *cmdline, struct options *ret_options, size_t rest_bytes)
{
    char *rest = malloc(rest_bytes);

    fuzz_log_clear();
    options_parse(cmdline, ret_options, rest, rest_bytes);
    REQUIRE(fuzz_log_errors() == 0);
    REQUIRE(strnlen(rest, rest_bytes) < rest_bytes);
    REQUIRE(ret_options->log_level <= LOG_DEBUG);
    return rest;
}

/* What is left has no option any more: parsing it again changes nothing. */
static void check_nothing_left(const char *rest)
{
    struct options options;
    char *again = parse(rest, &options, strlen(rest) + 1);

    REQUIRE(strcmp(again, rest) == 0);
    REQUIRE(options.log_level == LOG_INFO);
    REQUIRE(fuzz_log_last()[0] == '\0');
    free(again);
}

/* With less room the rest is a beginning of the whole one, and ends where a word ends. */
static void check_cut(const char *cmdline, const char *whole, size_t room)
{
    struct options options;
    char *cut = parse(cmdline, &options, room);
    size_t length = strlen(cut);

    REQUIRE(strncmp(cut, whole, length) == 0);
    REQUIRE(whole[length] == '\0' || whole[length] == ' ' || length == 0);
    free(cut);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct options options;
    char *cmdline;
    char *rest;

    if (size == 0)
        return 0;
    cmdline = strndup((const char *)data + 1, size - 1);
    rest = parse(cmdline, &options, strlen(cmdline) + 1);
    REQUIRE(strstr(fuzz_log_last(), "cut after") == NULL ||
            strstr(fuzz_log_last(), "ignored") != NULL);
    check_nothing_left(rest);
    check_cut(cmdline, rest, data[0] + 1U);
    free(rest);
    free(cmdline);
    return 0;
}
