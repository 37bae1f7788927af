/*
 * HII packages that the firmware keeps, in lists (UEFI 2.10 section 33.3.1). Boot phase.
 */
#ifndef PVHEFI_SHIM_HII_HII_PACKAGE_H
#define PVHEFI_SHIM_HII_HII_PACKAGE_H

#include <stddef.h>
#include <stdint.h>

#include <efi.h>

#include "loader/lib/list.h"
#include "shim/hii/hii_package_list.h"

struct hii_package {
    struct list link;  /* in hii_package_list.packages, by `position` */
    uint64_t position; /* grows with every package */
    uint8_t *bytes;    /* from the pool */
    struct hii_package_view view;
};

struct hii_package_list {
    struct list link;  /* in the database, by `position` */
    uint64_t position; /* grows with every list */
    EFI_GUID guid;
    EFI_HANDLE driver; /* NULL: nobody's */
    struct list packages;
};

/* The first package of `type` behind `package` (NULL: of all); NULL when there is none. */
struct hii_package *hii_package_next(const struct hii_package_list *list,
                                     const struct hii_package *package, uint8_t type);

/* The first one of `type`, and for HII_PACKAGE_GUID also of `guid`; NULL when there is none. */
struct hii_package *hii_package_find(const struct hii_package_list *list, uint8_t type,
                                     const EFI_GUID *guid);

/* A new package of `type` with a copy of `content` behind its header. EFI_OUT_OF_RESOURCES. */
EFI_STATUS hii_package_append(struct hii_package_list *list, uint8_t type, const void *content,
                              size_t bytes);

/*
 * Copies of the packages in a client's list, but for a device path when there is one already.
 * EFI_INVALID_PARAMETER when something in it is damaged, EFI_OUT_OF_RESOURCES; some are there then.
 */
EFI_STATUS hii_package_append_all(struct hii_package_list *list, const void *bytes);

/* To the end of another list. */
void hii_package_move(struct hii_package *package, struct hii_package_list *list);

/* Gives a package other bytes; they are from the pool and the package's from then on. */
void hii_package_replace(struct hii_package *package, uint8_t *bytes);

void hii_package_delete(struct hii_package *package);
void hii_package_delete_all(struct hii_package_list *list);

#endif
