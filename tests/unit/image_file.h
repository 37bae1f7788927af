/*
 * Disk images that other programs make and check: a file that is also a medium.
 */
#ifndef PVHEFI_TESTS_UNIT_IMAGE_FILE_H
#define PVHEFI_TESTS_UNIT_IMAGE_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/unit/memory_medium.h"

struct image_file {
    struct memory_medium memory;
    char path[64];
};

/* An empty, sparse file of that size in a folder of its own; aborts when that cannot be. */
void image_file_create(struct image_file *image, uint64_t bytes, uint32_t block_bytes);

/* The same for a file that the shell's `command` writes, in which "IMAGE" stands for its path. */
void image_file_make(struct image_file *image, uint32_t block_bytes, const char *command);

void image_file_remove(struct image_file *image);

/*
 * Runs a shell command in which each "IMAGE" stands for the file, and keeps its output. Returns its
 * exit status.
 */
int image_file_run(const struct image_file *image, const char *command);

/* What the last command wrote to its standard output and errors; ends with NUL. */
const char *image_file_output(void);

#endif
