/*
 * Memory for the page allocator in host tests: an arena below 4 GiB whose addresses are the
 * process's own, so that pool, handles and images can really live in it.
 */
#ifndef PVHEFI_TESTS_UNIT_FAKE_MEMORY_H
#define PVHEFI_TESTS_UNIT_FAKE_MEMORY_H

#include <stdint.h>

#define FAKE_MEMORY_START 0x20000000ull
#define FAKE_MEMORY_BYTES (64ull << 20)
#define FAKE_MEMORY_END   (FAKE_MEMORY_START + FAKE_MEMORY_BYTES)

/* Maps the arena (readable, writable, executable) and makes it the machine's only memory. */
void fake_memory_init(void);

/* The same as a cmocka setup function. */
int fake_memory_setup(void **state);

/* Pages that somebody has; what it was before shows that nothing was lost. */
uint64_t fake_memory_used_pages(void);

/* Takes every free page and every free piece of EfiBootServicesData in the pool, for good; those of
 * objects, too. */
void fake_memory_exhaust(void);

#endif
