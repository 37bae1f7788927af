/*
 * An xenstored for host tests, at the other end of a ring in fake memory: it answers when the guest
 * notifies it or waits. The tests look into its tree, let it fail, and look at what it was told.
 * Stands on fake_hypercall.h, whose hooks it takes.
 */
#ifndef PVHEFI_TESTS_UNIT_FAKE_XENSTORED_H
#define PVHEFI_TESTS_UNIT_FAKE_XENSTORED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hypercall/xenstore_message.h"
#include "tests/unit/fake_tree.h"

#define FAKE_XENSTORED_PORT 3u
/* What relative paths lie in. */
#define FAKE_XENSTORED_HOME "/local/domain/7"

struct fake_xenstored {
    struct xenstore_domain_interface *ring;
    struct fake_tree tree;
    bool asleep;            /* reads and answers nothing */
    unsigned int bite;      /* bytes that it moves each time it is called; 0: as many as can be */
    unsigned int conflicts; /* so many commits fail with EAGAIN */
    unsigned int changes;   /* so often a directory changes while it is read in parts */
    bool without_reset;     /* does not know XS_RESET_WATCHES */
    unsigned int requests;  /* so many were read */
    uint32_t last_type;     /* of them */
    unsigned int watches;   /* that are set */
    unsigned int transactions; /* that are open */
    /* Called after each request was carried out: for instance another domain's reaction. */
    void (*on_request)(uint32_t type);
};

extern struct fake_xenstored fake_xenstored;

/* Takes the first page of fake memory for the ring and names it in the domain's parameters. */
int fake_xenstored_setup(void **state);

/* Somebody else writes; watches fire. The path may be relative. */
void fake_xenstored_write(const char *path, const char *value);
void fake_xenstored_remove(const char *path);

/* The value that the guest would read, NULL without one. */
const char *fake_xenstored_value(const char *path);

/* Puts a message into the ring that nobody asked for. */
void fake_xenstored_send(uint32_t type, uint32_t request_id, const char *payload, size_t bytes);

#endif
