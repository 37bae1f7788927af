/*
 * xenstore: the small tree of values through which toolstack, back ends and guests find each other
 * (Xen's docs/misc/xenstore.txt and xenstore-paths.pandoc). Boot phase; nothing here may be called
 * by two at a time, so never from an interrupt.
 *
 * A path is "dir/node", or `dir` alone where `node` is "" or NULL; one that does not begin with '/'
 * lies in the guest's own directory, /local/domain/<domid>. `transaction` is 0 outside of one
 * (hypercall/xenstore_transaction.h).
 *
 * Errors of all functions: the negative Xen errno that xenstored answered with, mostly -XEN_ENOENT
 * and -XEN_EACCES; -XEN_E2BIG when something does not fit; -XEN_ENODEV without xenstore;
 * -XEN_ETIMEDOUT when xenstored has not answered for ten seconds, and for everything after that
 * until it does; -XEN_EIO for a broken ring.
 */
#ifndef PVHEFI_HYPERCALL_XENSTORE_H
#define PVHEFI_HYPERCALL_XENSTORE_H

#include <stddef.h>
#include <stdint.h>

/* 0, or -XEN_ENODEV: this domain has no xenstore (dom0). Under Xen only. */
int xenstore_open(void);

/*
 * Hands it over to the OS: watches and transactions are gone, everything was read, the ring is
 * empty. Waits at most a second for that, and warns if it is not so.
 */
void xenstore_close(void);

/*
 * The value as text, with a NUL, in at most `capacity` bytes. -XEN_E2BIG when it is longer, and
 * nothing of it is written.
 */
int xenstore_read(uint32_t transaction, const char *dir, const char *node, char *ret_value,
                  size_t capacity);

/* The NUL is not written. Creates what is missing of the path. */
int xenstore_write(uint32_t transaction, const char *dir, const char *node, const char *value);

/*
 * The names in a directory, each with its NUL: *ret_bytes in all, 0 when it is empty. Step through
 * them with xenstore_value_next_name(). What does not fit into one message is asked for in parts,
 * for which an xenstored before Xen 4.9 has -XEN_ENOSYS; -XEN_EAGAIN when the directory changes all
 * the time meanwhile. `ret_names` may have been written to when there is an error.
 */
int xenstore_directory(uint32_t transaction, const char *dir, const char *node, char *ret_names,
                       size_t capacity, size_t *ret_bytes);

/* With everything below it. xenstored finds no error in a missing one whose parent is there. */
int xenstore_rm(uint32_t transaction, const char *dir, const char *node);

#endif
