/*
 * Transactions: several changes to xenstore that others see at once or not at all. Boot phase.
 */
#ifndef PVHEFI_HYPERCALL_XENSTORE_TRANSACTION_H
#define PVHEFI_HYPERCALL_XENSTORE_TRANSACTION_H

#include <stdint.h>

/*
 * Calls `body` inside a transaction, whose number it gives to the functions of
 * hypercall/xenstore.h, and commits what it did; when somebody else changed the same in between,
 * all over again. What `body` returns other than 0 is returned, and nothing is changed. Else 0;
 * -XEN_EAGAIN after too many attempts; an error of hypercall/xenstore.h.
 */
int xenstore_transaction(int (*body)(uint32_t transaction, void *context), void *context);

#endif
