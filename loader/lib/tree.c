#include "loader/lib/tree.h"

/* The heights of two siblings differ by no more. */
#define LEAN_MAX 1

static struct tree_node *parent_of(const struct tree_node *node)
{
    return (struct tree_node *)(uintptr_t)node->parent;
}

static void set_parent(struct tree_node *node, const struct tree_node *parent)
{
    if (node)
        node->parent = (uintptr_t)parent;
}

static int height_of(const struct tree_node *node)
{
    return node ? node->height : 0;
}

/* How much higher the side after `node` is than that before. */
static int lean_of(const struct tree_node *node)
{
    return height_of(node->child[1]) - height_of(node->child[0]);
}

/* What points to `node` from above. */
static struct tree_node **link_to(struct tree *tree, const struct tree_node *node)
{
    struct tree_node *parent = parent_of(node);

    return parent ? &parent->child[parent->child[1] == node] : &tree->root;
}

/* Has what it says about itself and those below changed, other than its height? */
static bool update(const struct tree *tree, struct tree_node *node)
{
    int before = height_of(node->child[0]);
    int after = height_of(node->child[1]);

    node->height = (uint8_t)(1 + (before > after ? before : after));
    return tree->update && tree->update(node);
}

/* Puts `with`, which may be NULL, to the place of `node` below its parent. */
static void replace(struct tree *tree, const struct tree_node *node, struct tree_node *with)
{
    *link_to(tree, node) = with;
    set_parent(with, parent_of(node));
}

/* The child on `side` comes up, `node` becomes its child on the other side. */
static struct tree_node *rotate(struct tree *tree, struct tree_node *node, bool side)
{
    struct tree_node *child = node->child[side];
    struct tree_node *between = child->child[!side];

    replace(tree, node, child);
    child->child[!side] = node;
    set_parent(node, child);
    node->child[side] = between;
    set_parent(between, node);
    update(tree, node);
    update(tree, child);
    return child;
}

/* Returns what is at the place of `node` then. */
static struct tree_node *balance(struct tree *tree, struct tree_node *node)
{
    int lean = lean_of(node);
    bool side = lean > 0;
    int child_lean;

    if (lean >= -LEAN_MAX && lean <= LEAN_MAX)
        return node;
    child_lean = lean_of(node->child[side]);
    if (side ? child_lean < 0 : child_lean > 0)
        rotate(tree, node->child[side], !side);
    return rotate(tree, node, side);
}

/* From `node` up, until what is above would stay as it is. */
void tree_changed(struct tree *tree, struct tree_node *node)
{
    while (node) {
        unsigned int height = node->height;
        bool says_else = update(tree, node);

        node = balance(tree, node);
        if (!says_else && node->height == height)
            return;
        node = parent_of(node);
    }
}

void tree_insert(struct tree *tree, struct tree_node *node, const void *key)
{
    struct tree_node **link = &tree->root;
    struct tree_node *parent = NULL;

    while (*link) {
        parent = *link;
        link = &parent->child[tree->compare(key, parent) > 0];
    }
    *node = (struct tree_node){0};
    set_parent(node, parent);
    *link = node;
    update(tree, node);
    tree_changed(tree, parent);
}

static struct tree_node *outermost(struct tree_node *node, bool side)
{
    while (node && node->child[side])
        node = node->child[side];
    return node;
}

void tree_moved(struct tree *tree, const struct tree_node *old, struct tree_node *node)
{
    struct tree_node *parent = parent_of(node);

    if (parent)
        parent->child[parent->child[1] == old] = node;
    else
        tree->root = node;
    set_parent(node->child[0], node);
    set_parent(node->child[1], node);
}

/* `node` has two children: what comes next after it has one at most, and takes its place. */
static void remove_inner(struct tree *tree, struct tree_node *node)
{
    struct tree_node *next = outermost(node->child[1], false);
    struct tree_node *changed = parent_of(next) == node ? next : parent_of(next);
    struct tree_node *above = parent_of(node);

    replace(tree, next, next->child[1]);
    next->parent = node->parent;
    next->height = node->height;
    next->child[0] = node->child[0];
    next->child[1] = node->child[1];
    tree_moved(tree, node, next);
    tree_changed(tree, changed);
    /* What `next` said before was about others: who is above must look at it in any case. */
    update(tree, next);
    tree_changed(tree, above);
}

void tree_remove(struct tree *tree, struct tree_node *node)
{
    if (node->child[0] && node->child[1]) {
        remove_inner(tree, node);
    } else {
        replace(tree, node, node->child[node->child[0] == NULL]);
        tree_changed(tree, parent_of(node));
    }
    node->height = 0;
}

struct tree_node *tree_find_from(const struct tree *tree, const void *key)
{
    struct tree_node *node = tree->root;
    struct tree_node *found = NULL;

    while (node) {
        bool after = tree->compare(key, node) > 0;

        if (!after)
            found = node;
        node = node->child[after];
    }
    return found;
}

struct tree_node *tree_find(const struct tree *tree, const void *key)
{
    struct tree_node *found = tree_find_from(tree, key);

    return found && tree->compare(key, found) == 0 ? found : NULL;
}

struct tree_node *tree_first(const struct tree *tree)
{
    return outermost(tree->root, false);
}

/* The neighbour of `node` on `side`. */
static struct tree_node *neighbour(const struct tree_node *node, bool side)
{
    const struct tree_node *parent;

    if (node->child[side])
        return outermost(node->child[side], !side);
    for (parent = parent_of(node); parent && parent->child[side] == node; parent = parent_of(node))
        node = parent;
    return parent_of(node);
}

struct tree_node *tree_previous(const struct tree_node *node)
{
    return neighbour(node, false);
}

struct tree_node *tree_next(const struct tree_node *node)
{
    return neighbour(node, true);
}
