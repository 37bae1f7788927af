#include "loader/options.h"

#include <stdbool.h>

#include "loader/lib/string.h"

#define OPTION_PREFIX    "pvhefi."
#define OPTION_BYTES_MAX 64

struct word {
    const char *text;
    size_t length;
};

struct rest {
    char *text;
    size_t capacity;
    size_t length;
    bool cut;
};

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The next word, quotes included, at or behind *text; length 0 at the end. */
static struct word next_word(const char **text)
{
    struct word word;
    bool quoted = false;

    while (is_blank(**text))
        (*text)++;
    word.text = *text;
    for (; **text != '\0' && (quoted || !is_blank(**text)); (*text)++)
        if (**text == '"')
            quoted = !quoted;
    word.length = (size_t)(*text - word.text);
    return word;
}

/* Copies a word without its quotes; what is longer than any option is cut. */
static void unquote_word(struct word word, char ret_text[OPTION_BYTES_MAX])
{
    size_t length = 0;

    for (size_t i = 0; i < word.length && length < OPTION_BYTES_MAX - 1; i++)
        if (word.text[i] != '"')
            ret_text[length++] = word.text[i];
    ret_text[length] = '\0';
}

/* What follows `prefix` in `text`, NULL when text does not begin with it. */
static const char *text_behind(const char *text, const char *prefix)
{
    size_t length = strlen(prefix);

    return strncmp(text, prefix, length) == 0 ? text + length : NULL;
}

#define NAMES_MAX 5u

/* What an option can be set to: the index of a name is its value. */
struct choice {
    const char *option;
    const char *expected; /* the names, for a person */
    const char *names[NAMES_MAX];
};

/* The value's index, or `former` with a warning. */
static unsigned int choose(const struct choice *choice, const char *value, unsigned int former)
{
    for (unsigned int i = 0; i < NAMES_MAX && choice->names[i] != NULL; i++)
        if (strcmp(value, choice->names[i]) == 0)
            return i;
    log_warn("options: %s%s ignored (expected %s)", choice->option, value, choice->expected);
    return former;
}

static const struct choice log_levels = {
    .option = OPTION_PREFIX "log=",
    .expected = "error, warning, info or debug",
    .names =
        {
            [LOG_ERROR] = "error",
            [LOG_WARNING] = "warning",
            [LOG_INFO] = "info",
            [LOG_DEBUG] = "debug",
        },
};

static const struct choice boot_performances = {
    .option = OPTION_PREFIX "fpdt=",
    .expected = "on or off",
    .names = {[false] = "off", [true] = "on"},
};

static const struct choice consoles = {
    .option = OPTION_PREFIX "console=",
    .expected = "auto, pv, xen, serial or none",
    .names =
        {
            [TERMINAL_AUTO] = "auto",
            [TERMINAL_PV] = "pv",
            [TERMINAL_XEN] = "xen",
            [TERMINAL_SERIAL] = "serial",
            [TERMINAL_NONE] = "none",
        },
};

static void apply_log_level(struct options *options, const char *value)
{
    options->log_level = (enum log_level)choose(&log_levels, value, options->log_level);
}

static void apply_boot_performance(struct options *options, const char *value)
{
    options->boot_performance = choose(&boot_performances, value, options->boot_performance);
}

static void apply_console(struct options *options, const char *value)
{
    options->console = (enum terminal_kind)choose(&consoles, value, options->console);
}

/* False when the word is none of ours. */
static bool apply_option(struct options *options, struct word word)
{
    static const struct {
        const struct choice *choice;
        void (*apply)(struct options *options, const char *value);
    } known[] = {
        {&log_levels, apply_log_level},
        {&boot_performances, apply_boot_performance},
        {&consoles, apply_console},
    };
    char text[OPTION_BYTES_MAX];

    unquote_word(word, text);
    if (text_behind(text, OPTION_PREFIX) == NULL)
        return false;
    for (unsigned int i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        const char *value = text_behind(text, known[i].choice->option);

        if (value != NULL) {
            known[i].apply(options, value);
            return true;
        }
    }
    log_warn("options: unknown option %s ignored", text);
    return true;
}

static void append_word(struct rest *rest, struct word word)
{
    size_t separator = rest->length > 0 ? 1 : 0;

    /* Once a word was left out, a later one would change what the earlier ones mean. */
    if (rest->cut)
        return;
    if (rest->capacity - rest->length <= separator ||
        rest->capacity - rest->length - separator <= word.length) {
        rest->cut = true;
        log_warn("options: command line cut after %zu bytes (room for %zu)", rest->length,
                 rest->capacity);
        return;
    }
    if (separator > 0)
        rest->text[rest->length++] = ' ';
    memcpy(rest->text + rest->length, word.text, word.length);
    rest->length += word.length;
}

void options_parse(const char *cmdline, struct options *ret_options, char *rest, size_t rest_bytes)
{
    struct rest kept = {.text = rest, .capacity = rest_bytes};
    bool ours = true;
    struct word word;

    *ret_options = (struct options){.log_level = LOG_INFO, .boot_performance = true};
    for (word = next_word(&cmdline); word.length > 0; word = next_word(&cmdline)) {
        if (ours && apply_option(ret_options, word))
            continue;
        if (word.length == 2 && memcmp(word.text, "--", 2) == 0)
            ours = false;
        append_word(&kept, word);
    }
    if (rest_bytes > 0)
        rest[kept.length] = '\0';
}
