#include "shim/file/file_path.h"

#include <stddef.h>

/* Copies the next name of *path, which then is behind it and what separates it from the next one.
 */
static bool take_name(const CHAR16 **path, struct file_name *ret_name)
{
    const CHAR16 *from = *path;
    size_t chars = 0;

    for (; *from && *from != FILE_PATH_SEPARATOR; from++) {
        if (chars == FILE_NAME_CHARS_MAX)
            return false;
        ret_name->text[chars++] = *from;
    }
    ret_name->text[chars] = 0;
    while (*from == FILE_PATH_SEPARATOR)
        from++;
    *path = from;
    return true;
}

static bool is_dots(const struct file_name *name, unsigned int dots)
{
    for (unsigned int i = 0; i < dots; i++)
        if (name->text[i] != '.')
            return false;
    return !name->text[dots];
}

/* *node is given up for the next one; it stays as it is when there is none. */
static EFI_STATUS step(struct file_node **node, const struct file_name *name)
{
    const struct file_operations *operations = (*node)->system->operations;
    struct file_node *next;
    EFI_STATUS status;

    if (!(*node)->is_directory)
        return EFI_NOT_FOUND;
    if (is_dots(name, 1))
        return EFI_SUCCESS;
    if (is_dots(name, 2))
        status = operations->open_parent(*node, &next);
    else
        status = operations->find(*node, name->text, &next);
    if (status != EFI_SUCCESS)
        return status;
    operations->release(*node);
    *node = next;
    return EFI_SUCCESS;
}

/* Where the path begins, held. */
static EFI_STATUS begin(struct file_node *start, const CHAR16 **path, struct file_node **ret_node)
{
    if (**path == FILE_PATH_SEPARATOR) {
        while (**path == FILE_PATH_SEPARATOR)
            (*path)++;
        return start->system->operations->open_root(start->system, ret_node);
    }
    start->system->operations->hold(start);
    *ret_node = start;
    return EFI_SUCCESS;
}

/* The last name is left to the caller, unless it is no name. */
static EFI_STATUS walk(struct file_node **node, const CHAR16 *path, struct file_name *name)
{
    EFI_STATUS status = EFI_SUCCESS;

    name->text[0] = 0;
    while (*path && status == EFI_SUCCESS) {
        if (!take_name(&path, name))
            return EFI_INVALID_PARAMETER;
        if (!*path && !is_dots(name, 1) && !is_dots(name, 2))
            return (*node)->is_directory ? EFI_SUCCESS : EFI_NOT_FOUND;
        status = step(node, name);
        name->text[0] = 0;
    }
    return status;
}

EFI_STATUS file_path_walk(struct file_node *start, const CHAR16 *path,
                          struct file_node **ret_directory, struct file_name *ret_name)
{
    struct file_node *node;
    EFI_STATUS status = begin(start, &path, &node);

    if (status != EFI_SUCCESS)
        return status;
    status = walk(&node, path, ret_name);
    if (status == EFI_SUCCESS)
        *ret_directory = node;
    else
        start->system->operations->release(node);
    return status;
}
