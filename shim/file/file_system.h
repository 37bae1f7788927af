/*
 * What a file system offers to the file protocols: shim/file/file_protocol.c checks what clients
 * ask, keeps their positions and finds their paths; the file system knows directories and content.
 * Boot phase, TPL_CALLBACK.
 */
#ifndef PVHEFI_SHIM_FILE_FILE_SYSTEM_H
#define PVHEFI_SHIM_FILE_FILE_SYSTEM_H

#include <stdbool.h>
#include <stdint.h>

#include <efi.h>

#define FILE_NAME_CHARS_MAX 255u

struct file_system;

/* A file or directory in use; the file system's own is larger. Held and released. */
struct file_node {
    struct file_system *system;
    bool is_directory;
    bool is_removed; /* by a client, while others still have it open */
};

/* Of a file: what EFI_FILE_INFO tells and changes. */
struct file_facts {
    uint64_t bytes;
    uint64_t allocated_bytes;
    EFI_TIME created; /* all zero: unknown, or not to be changed */
    EFI_TIME accessed;
    EFI_TIME modified;
    uint64_t attributes; /* EFI_FILE_VALID_ATTR */
};

struct file_name {
    CHAR16 text[FILE_NAME_CHARS_MAX + 1];
};

/* Of a volume: what EFI_FILE_SYSTEM_INFO tells. */
struct volume_facts {
    bool read_only;
    uint64_t bytes;
    uint64_t free_bytes;
    uint32_t block_bytes;
    struct file_name label; /* empty: it has none */
};

/*
 * Nodes that are returned are held once for the caller. Errors of all: EFI_DEVICE_ERROR,
 * EFI_NO_MEDIA, EFI_MEDIA_CHANGED, EFI_VOLUME_CORRUPTED, EFI_OUT_OF_RESOURCES. The functions behind
 * `create` also return EFI_WRITE_PROTECTED; they are NULL when the file system never changes
 * anything.
 */
struct file_operations {
    EFI_STATUS (*open_root)(struct file_system *system, struct file_node **ret_root);
    void (*hold)(struct file_node *node);
    void (*release)(struct file_node *node);
    /* Of the root the root itself. */
    EFI_STATUS (*open_parent)(struct file_node *node, struct file_node **ret_parent);
    /* EFI_NOT_FOUND. `name` is neither empty nor "." or "..". */
    EFI_STATUS(*find)
    (struct file_node *directory, const CHAR16 *name, struct file_node **ret_node);
    /* In bytes; of a directory whatever the file system says. */
    uint64_t (*size)(struct file_node *node);
    /* At most *bytes from `offset` on; 0 at or behind the end. */
    EFI_STATUS (*read)(struct file_node *node, uint64_t offset, uint64_t *bytes, void *buffer);
    /* The next entry from *position on, which begins with 0 and moves on. EFI_NOT_FOUND at the end.
     */
    EFI_STATUS(*next)
    (struct file_node *directory, uint64_t *position, struct file_facts *ret_facts,
     struct file_name *ret_name);
    /* The root's name is empty. */
    EFI_STATUS(*describe)
    (struct file_node *node, struct file_facts *ret_facts, struct file_name *ret_name);
    EFI_STATUS (*describe_volume)(struct file_system *system, struct volume_facts *ret_facts);

    /* EFI_INVALID_PARAMETER for a name that cannot be; EFI_VOLUME_FULL. There is none of that name.
     */
    EFI_STATUS(*create)
    (struct file_node *directory, const CHAR16 *name, uint64_t attributes,
     struct file_node **ret_node);
    /* All of the bytes or none; what is between the end and `offset` becomes zero. EFI_VOLUME_FULL.
     */
    EFI_STATUS(*write)
    (struct file_node *node, uint64_t offset, uint64_t bytes, const void *buffer);
    /* EFI_VOLUME_FULL. */
    EFI_STATUS (*resize)(struct file_node *node, uint64_t bytes);
    /* Attributes and times. */
    EFI_STATUS (*change)(struct file_node *node, const struct file_facts *facts);
    /* EFI_ACCESS_DENIED when there is another of that name, or `directory` lies in `node`. */
    EFI_STATUS (*move)(struct file_node *node, struct file_node *directory, const CHAR16 *name);
    /* EFI_ACCESS_DENIED for the root and a directory that is not empty. The node stays held. */
    EFI_STATUS (*remove)(struct file_node *node);
    EFI_STATUS (*set_label)(struct file_system *system, const CHAR16 *label);
    /* What was changed so far outlives the host. */
    EFI_STATUS (*sync)(struct file_system *system);
};

struct file_system {
    const struct file_operations *operations;
    bool read_only; /* then the functions behind `create` are never called */
};

#endif
