/*
 * Grants: pages of this domain that a back end may map or copy (xen/include/public/grant_table.h),
 * version 1. References 0 to 7 belong to the toolstack (console and xenstore ring) and are left
 * alone. The table's frames are mapped in a hole of the guest's physical memory, one after another
 * as they are needed, and taken out again before the OS starts. Boot phase.
 */
#ifndef PVHEFI_HYPERCALL_GRANT_TABLE_H
#define PVHEFI_HYPERCALL_GRANT_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include <xen/grant_table.h>
#include <xen/xen.h>

/* Frames at most: 16,376 pages that are granted at one time. */
#define GRANT_TABLE_FRAMES_MAX 32u

/*
 * `hole_gfn`: GRANT_TABLE_FRAMES_MAX pages below 4 GiB where nothing is. 0; -XEN_ENODEV when the
 * domain may not grant (max_grant_frames=0) or its table is not of version 1; another Xen errno.
 */
int grant_table_open(uint64_t hole_gfn);

/* Ends all grants, waiting a second for those in use, and unmaps the frames. Warns of what stays.
 */
void grant_table_close(void);

/*
 * Lets domain `domid` use page `gfn`, which keeps its content and is the domain's to write unless
 * `read_only`. 0; -XEN_EINVAL: a gfn of more than 32 bits; -XEN_ENOSPC: all references are in use;
 * -XEN_ENODEV: not open.
 */
int grant_table_permit(domid_t domid, uint64_t gfn, bool read_only, grant_ref_t *ret_reference);

/*
 * Ends it: `reference` is from grant_table_permit(). 0, or -XEN_EBUSY while the other domain has
 * the page mapped; it then stays granted, and must not be used for anything else.
 */
int grant_table_end(grant_ref_t reference);

#endif
