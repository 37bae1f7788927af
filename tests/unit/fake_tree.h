/*
 * xenstore's tree for host tests: paths and values, in the order in which they were made.
 */
#ifndef PVHEFI_TESTS_UNIT_FAKE_TREE_H
#define PVHEFI_TESTS_UNIT_FAKE_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <xen/io/xs_wire.h>

#define FAKE_TREE_NODES 64u

struct fake_node {
    char path[256]; /* absolute; "" when unused */
    char value[XENSTORE_PAYLOAD_MAX + 1];
    size_t bytes;
};

struct fake_tree {
    struct fake_node node[FAKE_TREE_NODES];
};

/* NULL when it is not there; the values end with a NUL, too. */
struct fake_node *fake_tree_get(struct fake_tree *tree, const char *path);

/* With all that is missing of its path. */
void fake_tree_set(struct fake_tree *tree, const char *path, const char *value, size_t bytes);

/* With everything below it. False: there was none. */
bool fake_tree_remove(struct fake_tree *tree, const char *path);

/* The names in a directory, each with its NUL; returns how many bytes. */
size_t fake_tree_list(const struct fake_tree *tree, const char *path, char *names);

/* `path` is `above` or lies below it. */
bool fake_tree_is_below(const char *path, const char *above);

#endif
