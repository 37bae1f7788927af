#include "loader/stage.h"

#include "loader/x86/cpu.h"
#include "loader/x86/tsc.h"

/* Filled by loader/x86/entry.S, which knows it by this name. */
uint64_t stage_entry_tsc;

static uint64_t reached[STAGES];

void stage_reached(enum boot_stage stage)
{
    reached[stage] = rdtsc();
}

uint64_t stage_tsc(enum boot_stage stage)
{
    return stage == STAGE_ENTRY ? stage_entry_tsc : reached[stage];
}

uint64_t stage_ns(enum boot_stage stage)
{
    uint64_t tsc = stage_tsc(stage);

    return tsc ? tsc_clock_ticks_to_ns(tsc_clock(), tsc - stage_entry_tsc) : 0;
}
