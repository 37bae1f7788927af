/*
 * What clients do with a volume that a fuzzer made up: they look at all of it and try to change it.
 * It may refuse anything, but must end, and give back what it took.
 */
#ifndef PVHEFI_TESTS_FUZZ_VOLUME_WALK_H
#define PVHEFI_TESTS_FUZZ_VOLUME_WALK_H

#include <stdint.h>

#include "shim/file/file_protocol.h"

/* Makes the memory that the file systems stand on; whenever it is called but the first time,
 * nothing. */
void volume_walk_prepare(void);

/* Pages that somebody has. */
uint64_t volume_walk_used_pages(void);

/* Reads directories and files, as deep as paths are in practice. */
void volume_walk_read(struct file_volume *volume);

/* Makes, changes, renames and removes files. */
void volume_walk_change(struct file_volume *volume);

#endif
