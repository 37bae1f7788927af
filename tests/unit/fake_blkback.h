/*
 * A PV block backend for host tests, at the other end of a front end's ring: its disk lies in
 * memory, and it may be as bad as it likes. Stands on fake_xenstored.h and fake_hypercall.h, whose
 * hooks it takes.
 */
#ifndef PVHEFI_TESTS_UNIT_FAKE_BLKBACK_H
#define PVHEFI_TESTS_UNIT_FAKE_BLKBACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <xen/io/blkif.h>
#include <xen/io/xenbus.h>
#include <xen/xen.h>

#define FAKE_BLKBACK_BYTES (4u << 20)
#define FAKE_BLKBACK_NAME  "51712"
#define FAKE_BLKBACK_FRONT "device/vbd/51712"
#define FAKE_BLKBACK_BACK  "/local/domain/0/backend/vbd/7/51712"
#define FAKE_BLKBACK_DOMID 3u

struct fake_blkback {
    char content[FAKE_BLKBACK_BYTES];

    /* How it behaves. */
    bool never_connects;
    bool ignores_closing;
    bool silent;         /* answers no request */
    bool keeps_mapped;   /* does not unmap pages that it read or wrote */
    uint64_t bad_sector; /* UINT64_MAX: none */
    int16_t flush_status;
    /* Changes an answer on its way; NULL: none. */
    void (*lie)(struct blkif_response *response);

    /* What it saw. */
    char states[64]; /* the front end's, as digits, each once */
    unsigned int requests;
    unsigned int indirect_requests;
    unsigned int flushes;
    unsigned int segments_max; /* in one request */
    unsigned int in_ring_max;  /* requests that it found at once */
    size_t direct_bytes;       /* that went to or from pages from fake_blkback_own() on */
};

extern struct fake_blkback fake_blkback;

/* A domain with xenstore, a grant table and one disk whose backend waits for a front end. */
int fake_blkback_setup(void **state);

/* One of the backend's nodes. */
void fake_blkback_offer(const char *node, const char *value);

/* The backend's state changes by itself. */
void fake_blkback_go(enum xenbus_state state);

/* A page-aligned buffer that stands for a client's. */
char *fake_blkback_buffer(size_t bytes);

/* The content of a new disk at `offset`. */
char fake_blkback_byte(uint64_t offset);

/* Answers what is in the ring, as it does by itself when it is told or somebody waits. */
void fake_blkback_serve(void);

/* References in use, other than the toolstack's. */
unsigned int fake_blkback_grants(void);

#endif
