#include "tests/efi/benchmark/series.h"

#include <stdbool.h>

#include "loader/lib/format.h"
#include "tests/efi/benchmark/instructions.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/report.h"
#include "tests/unit/random.h"

#define SAMPLES 100u
/* In instructions, for all objects of one level together: half a minute of an emulated machine. */
#define LEVEL_BUDGET 3000000000ull
/* For the samples of one operation. */
#define SAMPLES_BUDGET 200000000ull
/* How much more an operation is expected to cost at the second level. */
#define FIRST_GROWTH 10u

void *objects[OBJECTS_MAX];

static UINT32 order[OBJECTS_MAX];

struct cost {
    UINT64 sum;
    UINT64 most;
    UINTN count;
};

EFI_GUID *guid_of(UINTN index)
{
    static EFI_GUID guid = {0, 0x62a1, 0x4f7e, {0x8d, 0x15, 0x3c, 0x90, 0xb2, 0x67, 0xe4, 0x08}};

    guid.Data1 = (UINT32)index;
    return &guid;
}

/* Runs it on one object and adds what that takes to `cost`. */
static bool run(const struct operation *operation, UINTN index, struct cost *cost)
{
    UINT64 start = instructions_now();
    EFI_STATUS status = operation->run(index);
    UINT64 taken = instructions_now() - start;

    cost->sum += taken;
    cost->count++;
    if (taken > cost->most)
        cost->most = taken;
    return need_status(status, operation->name);
}

static UINT64 mean(const struct cost *cost)
{
    return cost->count ? cost->sum / cost->count : 0;
}

static bool is_sampled(const struct cost *cost)
{
    return cost->count >= SAMPLES || cost->sum >= SAMPLES_BUDGET;
}

static void write_cost(const struct series *series, UINTN live, const struct operation *operation,
                       const struct cost *cost)
{
    char line[160];

    format_string(line, sizeof(line), "COST %s %lu %lu %lu %s", series->name, live, mean(cost),
                  cost->most, operation->name);
    report_line(line);
}

static void write_limit(const struct series *series, UINTN level, UINTN live)
{
    char line[160];

    format_string(line, sizeof(line), "LIMIT %s %lu %lu", series->name, level, live);
    report_line(line);
}

/* Returns how many objects live then. */
static UINTN grow(const struct series *series, UINTN live, UINTN level)
{
    struct cost cost = {0};

    while (live < level && cost.sum < LEVEL_BUDGET && run(&series->add, live, &cost))
        live++;
    return live;
}

/* Objects go and come again, any of them. Returns what that costs each. */
static UINT64 measure_change(const struct series *series, UINTN live)
{
    struct cost removal = {0};
    struct cost addition = {0};

    while (!is_sampled(&removal) && !is_sampled(&addition)) {
        UINTN index = random_below((unsigned int)live);

        if (!run(&series->remove, index, &removal) || !run(&series->add, index, &addition))
            break;
    }
    write_cost(series, live, &series->add, &addition);
    write_cost(series, live, &series->remove, &removal);
    return mean(&removal) + mean(&addition);
}

static void measure(const struct series *series, const struct operation *operation, UINTN live)
{
    struct cost cost = {0};

    while (!is_sampled(&cost) && run(operation, random_below((unsigned int)live), &cost))
        ;
    write_cost(series, live, operation, &cost);
}

/* When costs go on growing as they did from the level before. */
static bool would_take_too_long(UINTN level, UINT64 now, UINT64 before)
{
    UINT64 expected = before ? now * now / before : now * FIRST_GROWTH;

    return expected > LEVEL_BUDGET / level;
}

static void shuffle(UINTN count)
{
    for (UINTN i = 0; i < count; i++) {
        UINTN other = random_below((unsigned int)i + 1);

        order[i] = order[other];
        order[other] = (UINT32)i;
    }
}

static void remove_all(const struct series *series, UINTN live)
{
    struct cost cost = {0};

    shuffle(live);
    for (UINTN i = 0; i < live; i++)
        run(&series->remove, order[i], &cost);
}

void series_run(const struct series *series)
{
    static const UINTN levels[] = {100, 1000, 10000, OBJECTS_MAX};
    UINTN live = 0;
    UINT64 now = 0;
    UINT64 before = 0;

    topic(series->name, "-");
    for (UINTN i = 0; i < COUNT_OF(levels); i++) {
        if (!would_take_too_long(levels[i], now, before))
            live = grow(series, live, levels[i]);
        if (live < levels[i]) {
            write_limit(series, levels[i], live);
            break;
        }
        before = now;
        now = measure_change(series, live);
        for (const struct operation *other = series->others; other && other->name; other++)
            measure(series, other, live);
    }
    remove_all(series, live);
}
