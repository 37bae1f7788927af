/*
 * What boot services cost while very many objects live. At the end of each series all of them are
 * gone again; after that of pages the memory map must be the one that was there before.
 */
#include "loader/lib/string.h"
#include "tests/efi/benchmark/instructions.h"
#include "tests/efi/benchmark/kinds.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/memory_view.h"

static struct memory_view before;

static bool is_same_map(const struct memory_view *a, const struct memory_view *b)
{
    return a->map_bytes == b->map_bytes && !memcmp(a->bytes, b->bytes, a->map_bytes);
}

static void run_pages(void)
{
    const struct memory_view *view = memory_view_read();

    if (!view)
        return;
    before = *view;
    series_run(&pages_series);
    view = memory_view_read();
    topic("scale.pages", "7.2");
    check("same-map", view && is_same_map(&before, view),
          "when all pages are free again, the memory map is what it was");
}

static void run_others(void)
{
    static const struct series *const all[] = {
        &pools_series,  &handles_series, &protocols_series, &device_paths_series,  &uses_series,
        &events_series, &groups_series,  &timers_series,    &registrations_series,
    };

    for (UINTN i = 0; i < COUNT_OF(all); i++)
        series_run(all[i]);
}

static void run_all(void)
{
    topic("scale.instructions", "-");
    if (!need(instructions_init(), "machine whose time is made of instructions (-icount)"))
        return;
    /* All of it takes longer than the five minutes that a boot manager gives a program. */
    boot->SetWatchdogTimer(0, 0, 0, NULL);
    run_pages();
    run_others();
}

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    static void (*const tests[])(void) = {run_all};

    return check_run("scale", image, table, tests, COUNT_OF(tests));
}
