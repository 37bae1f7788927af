#include "tests/efi/conformance/check.h"

#include <stdarg.h>
#include <stddef.h>

#include "loader/lib/format.h"
#include "loader/status_name.h"
#include "tests/efi/conformance/report.h"
#include "tests/efi/options.h"

/* Of a text that is wrong. */
#define TEXT_SHOWN 100

EFI_HANDLE program_image;
EFI_SYSTEM_TABLE *system_table;
EFI_BOOT_SERVICES *boot;
EFI_RUNTIME_SERVICES *runtime;

static const char *program_name;
static const char *topic_id = "no-topic";
static const char *topic_section = "";
static bool verbose;

static struct {
    unsigned int passed;
    unsigned int failed;
    unsigned int errors;
} counts;

static void line(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void line(const char *format, ...)
{
    char text[400];
    va_list args;

    va_start(args, format);
    format_string_v(text, sizeof(text), format, args);
    va_end(args);
    report_line(text);
}

void topic(const char *id, const char *section)
{
    topic_id = id;
    topic_section = section;
}

static void pass(const char *name, const char *what)
{
    counts.passed++;
    if (verbose)
        line("ok %s.%s %s %s", topic_id, name, topic_section, what);
}

static void fail(const char *name, const char *what, const char *expected, const char *got)
{
    counts.failed++;
    line("FAIL %s.%s %s %s: expected %s, got %s", topic_id, name, topic_section, what, expected,
         got);
}

void check(const char *name, bool holds, const char *what)
{
    if (holds)
        pass(name, what);
    else
        fail(name, what, "it to hold", "that it does not");
}

void check_status(const char *name, EFI_STATUS got, EFI_STATUS expected, const char *what)
{
    if (got == expected)
        pass(name, what);
    else
        fail(name, what, status_name(expected), status_name(got));
}

void check_status_either(const char *name, EFI_STATUS got, EFI_STATUS expected, EFI_STATUS or_this,
                         const char *what)
{
    char both[80];

    format_string(both, sizeof(both), "%s or %s", status_name(expected), status_name(or_this));
    if (got == expected || got == or_this)
        pass(name, what);
    else
        fail(name, what, both, status_name(got));
}

void check_refused(const char *name, EFI_STATUS got, const char *what)
{
    if (EFI_ERROR(got))
        pass(name, what);
    else
        fail(name, what, "an error", status_name(got));
}

static void fail_numbers(const char *name, const char *what, const char *expected, UINT64 got)
{
    char text[24];

    format_string(text, sizeof(text), "%#lx", (unsigned long)got);
    fail(name, what, expected, text);
}

void check_number(const char *name, UINT64 got, UINT64 expected, const char *what)
{
    char text[24];

    format_string(text, sizeof(text), "%#lx", (unsigned long)expected);
    if (got == expected)
        pass(name, what);
    else
        fail_numbers(name, what, text, got);
}

void check_range(const char *name, UINT64 got, UINT64 least, UINT64 most, const char *what)
{
    char text[64];

    format_string(text, sizeof(text), "%#lx to %#lx", (unsigned long)least, (unsigned long)most);
    if (got >= least && got <= most)
        pass(name, what);
    else
        fail_numbers(name, what, text, got);
}

void check_pointer(const char *name, const void *got, const void *expected, const char *what)
{
    check_number(name, (UINTN)got, (UINTN)expected, what);
}

static bool text_is(const CHAR16 *text, const char *expected)
{
    while (*text && *text == (UINT8)*expected) {
        text++;
        expected++;
    }
    return *text == (UINT8)*expected;
}

void check_text(const char *name, const CHAR16 *got, const char *expected, const char *what)
{
    char shown[TEXT_SHOWN + 1];
    UINTN length = 0;

    if (got && text_is(got, expected)) {
        pass(name, what);
        return;
    }
    for (; got && got[length] && length < TEXT_SHOWN; length++)
        shown[length] = got[length] >= ' ' && got[length] < 0x7f ? (char)got[length] : '?';
    shown[length] = 0;
    fail(name, what, expected, got ? shown : "no text");
}

void skip(const char *name, const char *why)
{
    line("SKIP %s.%s %s %s", topic_id, name, topic_section, why);
}

void skip_topic(const char *why)
{
    skip("*", why);
}

bool need(bool there, const char *what)
{
    if (there)
        return true;
    counts.errors++;
    line("ERROR %s %s no %s", topic_id, topic_section, what);
    return false;
}

bool need_status(EFI_STATUS status, const char *what)
{
    if (status == EFI_SUCCESS)
        return true;
    counts.errors++;
    line("ERROR %s %s no %s: %s", topic_id, topic_section, what, status_name(status));
    return false;
}

const char *numbered(const char *prefix, unsigned int number)
{
    static char name[64];

    format_string(name, sizeof(name), "%s%u", prefix, number);
    return name;
}

void check_finish(void)
{
    line("SUMMARY %s: %u passed, %u failed, %u errors", program_name, counts.passed, counts.failed,
         counts.errors);
    runtime->ResetSystem(EfiResetShutdown, EFI_SUCCESS, 0, NULL);
    for (;;)
        ;
}

EFI_STATUS check_run(const char *program, EFI_HANDLE image, EFI_SYSTEM_TABLE *table,
                     void (*const *tests)(void), UINTN count)
{
    program_name = program;
    program_image = image;
    system_table = table;
    boot = table->BootServices;
    runtime = table->RuntimeServices;
    verbose = option_is(image, table, L"verbose");
    for (UINTN i = 0; i < count; i++)
        tests[i]();
    check_finish();
}
