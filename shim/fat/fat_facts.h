/*
 * What a directory entry says of a file, as EFI_FILE_INFO tells it. Pure.
 */
#ifndef PVHEFI_SHIM_FAT_FAT_FACTS_H
#define PVHEFI_SHIM_FAT_FAT_FACTS_H

#include <stdint.h>

#include "shim/fat/fat_entry.h"
#include "shim/file/file_system.h"

/* A directory's size is in its chain only, which is not worth a walk: 0. */
struct file_facts fat_facts_of(const struct fat_entry *entry, uint32_t cluster_bytes);

/* Puts attributes and times into the entry; times that are all zero stay as they are there. */
void fat_facts_store(const struct file_facts *facts, struct fat_entry *entry);

/* EFI's attributes as FAT's, without those that are not in entries. */
uint8_t fat_facts_attributes(uint64_t attributes);

#endif
