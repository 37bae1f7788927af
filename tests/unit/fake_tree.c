#include "tests/unit/fake_tree.h"

#include <stdlib.h>
#include <string.h>

static struct fake_node *find(struct fake_tree *tree, const char *path)
{
    for (size_t i = 0; i < FAKE_TREE_NODES; i++) {
        if (strcmp(tree->node[i].path, path) == 0)
            return &tree->node[i];
    }
    return NULL;
}

struct fake_node *fake_tree_get(struct fake_tree *tree, const char *path)
{
    return find(tree, path);
}

static struct fake_node *make(struct fake_tree *tree, const char *path)
{
    struct fake_node *node = find(tree, "");

    if (!node || strlen(path) >= sizeof(node->path))
        abort();
    strcpy(node->path, path);
    return node;
}

static void make_parents(struct fake_tree *tree, const char *path)
{
    char parent[sizeof(tree->node[0].path)];

    for (const char *end = strchr(path + 1, '/'); end; end = strchr(end + 1, '/')) {
        memcpy(parent, path, (size_t)(end - path));
        parent[end - path] = '\0';
        if (!find(tree, parent))
            make(tree, parent);
    }
}

void fake_tree_set(struct fake_tree *tree, const char *path, const char *value, size_t bytes)
{
    struct fake_node *node = find(tree, path);

    if (!node) {
        make_parents(tree, path);
        node = make(tree, path);
    }
    memcpy(node->value, value, bytes);
    node->value[bytes] = '\0';
    node->bytes = bytes;
}

bool fake_tree_remove(struct fake_tree *tree, const char *path)
{
    bool found = find(tree, path);

    for (size_t i = 0; i < FAKE_TREE_NODES; i++) {
        if (fake_tree_is_below(tree->node[i].path, path))
            memset(&tree->node[i], 0, sizeof(tree->node[i]));
    }
    return found;
}

size_t fake_tree_list(const struct fake_tree *tree, const char *path, char *names)
{
    size_t bytes = 0;

    for (size_t i = 0; i < FAKE_TREE_NODES; i++) {
        const char *name = tree->node[i].path + strlen(path) + 1;

        if (!fake_tree_is_below(tree->node[i].path, path) || !strcmp(tree->node[i].path, path) ||
            strchr(name, '/'))
            continue;
        strcpy(names + bytes, name);
        bytes += strlen(name) + 1;
    }
    return bytes;
}

bool fake_tree_is_below(const char *path, const char *above)
{
    size_t length = strlen(above);

    return strncmp(path, above, length) == 0 && (path[length] == '\0' || path[length] == '/');
}
