/*
 * The bytes in a chain of clusters. Boot phase.
 */
#ifndef PVHEFI_SHIM_FAT_FAT_CONTENT_H
#define PVHEFI_SHIM_FAT_FAT_CONTENT_H

#include <stddef.h>
#include <stdint.h>

#include "shim/fat/fat_chain.h"

/*
 * `bytes` of content at `offset`, all inside the chain. Whole sectors go straight to and from the
 * buffer, in requests as large as the clusters' order allows; the rest through the cache.
 */
EFI_STATUS fat_content_read(struct fat_volume *volume, struct fat_chain *chain, uint64_t offset,
                            size_t bytes, void *buffer);
EFI_STATUS fat_content_write(struct fat_volume *volume, struct fat_chain *chain, uint64_t offset,
                             size_t bytes, const void *buffer);

/* The same with zeros. EFI_OUT_OF_RESOURCES. */
EFI_STATUS fat_content_clear(struct fat_volume *volume, struct fat_chain *chain, uint64_t offset,
                             uint64_t bytes);

#endif
