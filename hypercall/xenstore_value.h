/*
 * What values in xenstore hold: decimal numbers, and the names that a directory lists. Pure; boot
 * phase.
 */
#ifndef PVHEFI_HYPERCALL_XENSTORE_VALUE_H
#define PVHEFI_HYPERCALL_XENSTORE_VALUE_H

#include <stddef.h>
#include <stdint.h>

/*
 * The number that `text` is, digits and nothing else. -XEN_EINVAL when it is none, -XEN_ERANGE when
 * it is more than `max`.
 */
int xenstore_value_number(const char *text, uint64_t max, uint64_t *ret_number);

/* Room for any number's digits and a NUL. */
#define XENSTORE_NUMBER_BYTES 21

/*
 * Steps through `bytes` bytes of names, each with its NUL: the first one for NULL, then the one
 * behind `name`. NULL at the end, and before a name without NUL.
 */
const char *xenstore_value_next_name(const char *names, size_t bytes, const char *name);

#endif
