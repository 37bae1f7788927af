#include "shim/image/image_run.h"

#include <stddef.h>

#include "shim/event/tpl.h"

static struct image *running;

void image_run_firmware(struct image *image)
{
    running = image;
}

void image_run(struct image *image, EFI_SYSTEM_TABLE *table)
{
    EFI_TPL level = tpl_current();

    image->started = true;
    image->starter = running;
    running = image;
    if (!jump_save(&image->exit_place))
        image->exit_status = image->entry(image->handle, table);
    running = image->starter;
    if (tpl_current() > level)
        tpl_restore(level);
}

EFI_STATUS image_run_exit(struct image *image, EFI_STATUS status, UINTN exit_bytes,
                          CHAR16 *exit_data)
{
    if (image != running || !image->starter)
        return EFI_INVALID_PARAMETER;
    image->exit_status = status;
    image->exit_bytes = exit_data ? exit_bytes : 0;
    image->exit_data = exit_data;
    jump_back(&image->exit_place);
}
