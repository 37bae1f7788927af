#include "hypercall/xenstore_transaction.h"

#include <stdbool.h>

#include <xen/errno.h>

#include "hypercall/xenstore_exchange.h"
#include "hypercall/xenstore_value.h"

/* xenstored lets a transaction fail when anybody else commits; busy hosts commit all the time. */
#define ATTEMPTS_MAX 100u

static int start(uint32_t *ret_transaction)
{
    struct xenstore_request request = {.type = XS_TRANSACTION_START, .dir = ""};
    const struct xenstore_message *reply;
    uint64_t number;
    int result = xenstore_exchange(&request, &reply);

    if (result)
        return result;
    if (xenstore_value_number(reply->payload, UINT32_MAX, &number) || !number)
        return -XEN_EIO;
    *ret_transaction = (uint32_t)number;
    return 0;
}

static int end(uint32_t transaction, bool commit)
{
    struct xenstore_request request = {
        .type = XS_TRANSACTION_END,
        .transaction = transaction,
        .dir = commit ? "T" : "F",
    };
    const struct xenstore_message *reply;

    return xenstore_exchange(&request, &reply);
}

int xenstore_transaction(int (*body)(uint32_t transaction, void *context), void *context)
{
    int result = -XEN_EAGAIN;

    for (unsigned int i = 0; i < ATTEMPTS_MAX && result == -XEN_EAGAIN; i++) {
        uint32_t transaction;

        result = start(&transaction);
        if (result)
            return result;
        result = body(transaction, context);
        if (result) {
            end(transaction, false);
            return result;
        }
        result = end(transaction, true);
    }
    return result;
}
