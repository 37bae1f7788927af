#include "shim/image/image_list.h"

#include "shim/image/image.h"

static struct image *at_node(const struct tree_node *node)
{
    return node ? container_of(node, struct image, node) : NULL;
}

static int compare_handles(const void *handle, const struct tree_node *node)
{
    return tree_compare_numbers((uintptr_t)handle, (uintptr_t)at_node(node)->handle);
}

static struct tree images = {.compare = compare_handles};

void image_list_add(struct image *image)
{
    tree_insert(&images, &image->node, image->handle);
}

void image_list_remove(struct image *image)
{
    tree_remove(&images, &image->node);
}

struct image *image_list_find(EFI_HANDLE handle)
{
    return at_node(tree_find(&images, handle));
}

const struct image *image_find(uint64_t address)
{
    for (const struct image *image = at_node(tree_first(&images)); image;
         image = at_node(tree_next(&image->node))) {
        /* What a client may write into the protocol does not count. */
        if (address - image->memory.base < image->memory.pages << EFI_PAGE_SHIFT)
            return image;
    }
    return NULL;
}
