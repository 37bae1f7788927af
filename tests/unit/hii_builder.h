/*
 * Builds HII package lists for tests, package by package.
 */
#ifndef PVHEFI_TESTS_UNIT_HII_BUILDER_H
#define PVHEFI_TESTS_UNIT_HII_BUILDER_H

#include <stddef.h>
#include <stdint.h>

#include <efi.h>

#include "shim/hii/hii_package_list.h"

#define HII_LIST_BYTES_MAX 1024

struct hii_list {
    uint8_t bytes[HII_LIST_BYTES_MAX];
    size_t size;
};

/* A list whose GUID begins with `number`, without packages. */
struct hii_list hii_list_new(uint32_t number);

/* A package with `content` behind its header. */
void hii_list_add(struct hii_list *list, uint8_t type, const void *content, size_t bytes);

/* A string package; the blocks end without an END block when they have none. */
void hii_list_add_strings(struct hii_list *list, const char *languages, const void *blocks,
                          size_t bytes);

/* A GUID package whose GUID begins with `number`. */
void hii_list_add_guid(struct hii_list *list, uint32_t number);

/* The END package, and the list's length in its header. */
void hii_list_end(struct hii_list *list);

/* Package `index` of a list. */
struct hii_package_view hii_list_package(const struct hii_list *list, unsigned int index);

#endif
