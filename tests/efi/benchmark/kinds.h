/*
 * The kinds of objects that are measured.
 */
#ifndef PVHEFI_TESTS_EFI_BENCHMARK_KINDS_H
#define PVHEFI_TESTS_EFI_BENCHMARK_KINDS_H

#include "tests/efi/benchmark/series.h"

extern const struct series pages_series;         /* of four types in turn, none next to its like */
extern const struct series pools_series;         /* of many sizes */
extern const struct series handles_series;       /* all with one protocol */
extern const struct series protocols_series;     /* all on one handle */
extern const struct series device_paths_series;  /* each on a handle of its own */
extern const struct series uses_series;          /* of one protocol, by many controllers */
extern const struct series registrations_series; /* each for a protocol of its own */
extern const struct series events_series;
extern const struct series groups_series; /* events, each the only one of its group */
extern const struct series timers_series;

#endif
