/*
 * What a file system reads and changes in small pieces: allocation tables, directories, the ends of
 * files. A few lines of a medium are kept; changes wait in them for medium_cache_flush(), in no
 * particular order between two calls of it. Boot phase.
 */
#ifndef PVHEFI_SHIM_MEDIUM_MEDIUM_CACHE_H
#define PVHEFI_SHIM_MEDIUM_MEDIUM_CACHE_H

#include <stddef.h>
#include <stdint.h>

#include <efi.h>

#include "shim/medium/medium.h"

#define MEDIUM_CACHE_LINES      6u
#define MEDIUM_CACHE_LINE_BYTES 16384u

struct medium_cache_line {
    uint64_t offset;
    uint32_t bytes;    /* 0: empty; less than a line at the medium's end */
    uint32_t changed;  /* one bit for each 512 bytes */
    uint32_t last_use; /* the cache's clock then */
    uint8_t *content;
};

/* A part of the medium of which copies follow right behind it, as those of a FAT do. */
struct medium_copies {
    uint64_t start;
    uint64_t bytes;
    unsigned int count; /* of copies beside the original */
};

struct medium_cache {
    struct medium *medium;
    struct medium_copies copies;
    uint32_t clock;
    struct medium_cache_line line[MEDIUM_CACHE_LINES];
};

/* EFI_OUT_OF_RESOURCES. `medium` must stay. */
EFI_STATUS medium_cache_init(struct medium_cache *cache, struct medium *medium);

/* Without writing what was changed. */
void medium_cache_free(struct medium_cache *cache);

/* As medium_read(); a part that cannot be read does no harm to what lies around it. */
EFI_STATUS medium_cache_read(struct medium_cache *cache, uint64_t offset, size_t bytes,
                             void *buffer);

/* Changes what is kept. EFI_WRITE_PROTECTED, and the errors of medium_read(). */
EFI_STATUS medium_cache_write(struct medium_cache *cache, uint64_t offset, size_t bytes,
                              const void *buffer);

/* Writes all changes and their copies. After an error all that is kept is forgotten. */
EFI_STATUS medium_cache_flush(struct medium_cache *cache);

/* Forgets changes that were not written yet. */
void medium_cache_discard(struct medium_cache *cache);

/*
 * As medium_read(), for the content of files: whole blocks come straight into the buffer when there
 * are enough of them, the rest through the cache.
 */
EFI_STATUS medium_cache_read_through(struct medium_cache *cache, uint64_t offset, size_t bytes,
                                     void *buffer);

/* As medium_write(), past the cache: for the content of files. */
EFI_STATUS medium_cache_write_through(struct medium_cache *cache, uint64_t offset, size_t bytes,
                                      const void *buffer);

#endif
