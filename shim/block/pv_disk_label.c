#include "shim/block/pv_disk_label.h"

#include <stddef.h>
#include <stdint.h>

#include "loader/disk_name.h"
#include "loader/lib/list.h"
#include "loader/lib/string.h"
#include "loader/utf16.h"
#include "shim/block/pv_disk_path.h"
#include "shim/memory/pool.h"

struct label {
    struct list link;
    char name[DISK_NAME_BYTES];
    CHAR16 text[DISK_NAME_BYTES];
};

static struct list labels = LIST_EMPTY(labels);

static struct label *find(const char *name)
{
    list_for_each (link, next, &labels) {
        struct label *label = container_of(link, struct label, link);

        if (strcmp(label->name, name) == 0)
            return label;
    }
    return NULL;
}

static struct label *make(const char *name)
{
    struct label *label = pool_new(sizeof(*label));

    if (!label)
        return NULL;
    memcpy(label->name, name, DISK_NAME_BYTES);
    utf16_from_utf8(name, label->text, DISK_NAME_BYTES);
    list_append(&labels, &label->link);
    return label;
}

CHAR16 *pv_disk_label(const EFI_DEVICE_PATH *path)
{
    char name[DISK_NAME_BYTES];
    struct label *label;
    uint32_t vdev;

    if (!pv_disk_path_vdev(path, &vdev))
        return NULL;
    disk_name(path, name);
    label = find(name);
    if (!label)
        label = make(name);
    return label ? label->text : NULL;
}
