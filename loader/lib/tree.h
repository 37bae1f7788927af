/*
 * Balanced search trees (AVL) whose links lie inside the elements, as those of list.h do: every
 * operation takes time that grows with the logarithm of the number of elements. Pure.
 *
 * What the order is, and what a key, is the user's: struct tree has a function that compares a key
 * with an element. No two elements of a tree compare as equal.
 */
#ifndef PVHEFI_LOADER_LIB_TREE_H
#define PVHEFI_LOADER_LIB_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "loader/lib/list.h"

struct tree_node {
    struct tree_node *child[2]; /* [0] has what comes before, [1] what comes after */
    /* Addresses have 56 bits at most on all machines: what is left holds the height. */
    uint64_t parent : 56;
    uint64_t height : 8; /* 1 for an element without children; 0 while it is in no tree */
};

struct tree {
    struct tree_node *root; /* NULL when empty */
    /* Less than 0: `key` comes before `node`, 0: it is that of `node`, more: it comes after. */
    int (*compare)(const void *key, const struct tree_node *node);
    /*
     * NULL, or computes what `node` says about itself and all elements below from what its children
     * say: called when those have become others, or what they say. Returns whether it has changed.
     */
    bool (*update)(struct tree_node *node);
};

/* Numbers as `compare` wants its answer. */
static inline int tree_compare_numbers(uint64_t key, uint64_t number)
{
    return (key > number) - (key < number);
}

/* `key` is that of `node`, and no element's in the tree. */
void tree_insert(struct tree *tree, struct tree_node *node, const void *key);

void tree_remove(struct tree *tree, struct tree_node *node);

/* `node` lies somewhere else now, copied from `old` with its links. */
void tree_moved(struct tree *tree, const struct tree_node *old, struct tree_node *node);

/* What `node` says about itself has become something else: updates those above. */
void tree_changed(struct tree *tree, struct tree_node *node);

/* NULL when no element has this key. */
struct tree_node *tree_find(const struct tree *tree, const void *key);

/* The first element whose key is not less than `key`; NULL when there is none. */
struct tree_node *tree_find_from(const struct tree *tree, const void *key);

/* NULL when the tree is empty. */
struct tree_node *tree_first(const struct tree *tree);

/* Those before and after `node`, NULL when there is none. */
struct tree_node *tree_previous(const struct tree_node *node);
struct tree_node *tree_next(const struct tree_node *node);

static inline bool tree_node_is_linked(const struct tree_node *node)
{
    return node->height;
}

#endif
