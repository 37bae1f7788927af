/*
 * XENVER_*: xen/include/public/version.h. What Xen is, and which of its domains this one is. Boot
 * phase.
 */
#ifndef PVHEFI_HYPERCALL_VERSION_H
#define PVHEFI_HYPERCALL_VERSION_H

#include <stddef.h>
#include <stdint.h>

#include <xen/version.h>
#include <xen/xen.h>

#define DOMAIN_UUID_BYTES 16

/* "4.17.5" with room for the longest extra version. */
#define XEN_VERSION_TEXT_BYTES (12 + XEN_EXTRAVERSION_LEN)

/* Xen's extra version, ".5": a NUL ends it unless it fills the field; the rest is zeroed. */
void version_get_extra(xen_extraversion_t ret_extra);

/* Major and minor version with Xen's extra version, as `xl info` prints it; always terminated. */
void version_get_text(char ret_text[XEN_VERSION_TEXT_BYTES]);

/* XENFEAT_* bits 0 to 31. 0 or a negative Xen errno. */
int version_get_features(uint32_t *ret_features);

/*
 * The domain's handle: the UUID that the toolstack gave it, in the order of its text. 0 or a
 * negative Xen errno.
 */
int version_get_domain_uuid(uint8_t ret_uuid[DOMAIN_UUID_BYTES]);

#endif
