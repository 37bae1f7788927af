/*
 * How the cost of boot services grows with the number of objects that live. A series makes objects
 * of one kind and measures at each of several numbers of them. What is written:
 *
 *   COST <series> <live objects> <mean> <most> <operation>   in instructions per operation
 *   LIMIT <series> <live objects> <number reached>           more would take too long
 */
#ifndef PVHEFI_TESTS_EFI_BENCHMARK_SERIES_H
#define PVHEFI_TESTS_EFI_BENCHMARK_SERIES_H

#include <efi.h>

#define OBJECTS_MAX 100000u

/* `run` is given the number of an object, and says when something else than success came of it. */
struct operation {
    const char *name;
    EFI_STATUS (*run)(UINTN index);
};

struct series {
    const char *name;
    struct operation add; /* makes the object */
    struct operation remove;
    /* With objects that live, which they leave as they are. The last one has no name. */
    const struct operation *others;
};

/* What the running series knows of each object. */
extern void *objects[OBJECTS_MAX];

/* A protocol or group for each object. Good until the next call. */
EFI_GUID *guid_of(UINTN index);

/* Leaves no object behind. Errors are counted as check.h says. */
void series_run(const struct series *series);

#endif
