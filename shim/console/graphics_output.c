#include "shim/console/graphics_output.h"

#include <stddef.h>

#include "loader/lib/string.h"
#include "shim/console/blt.h"
#include "shim/memory/page_alloc.h"
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"

/* What virtual screens of other firmware offer; programs that draw expect no less than the first.
 */
static const struct {
    UINT32 width;
    UINT32 height;
} sizes[] = {{800, 600}, {1024, 768}};

#define MODES (sizeof(sizes) / sizeof(sizes[0]))

static EFI_GRAPHICS_OUTPUT_MODE_INFORMATION current_information;

static EFI_GRAPHICS_OUTPUT_PROTOCOL_MODE current_mode = {
    .MaxMode = MODES,
    .Info = &current_information,
    .SizeOfInfo = sizeof(current_information),
};

/* NULL until something is drawn. */
static EFI_GRAPHICS_OUTPUT_BLT_PIXEL *screen;

static EFI_GRAPHICS_OUTPUT_MODE_INFORMATION information_of(UINT32 mode)
{
    return (EFI_GRAPHICS_OUTPUT_MODE_INFORMATION){
        .HorizontalResolution = sizes[mode].width,
        .VerticalResolution = sizes[mode].height,
        .PixelFormat = PixelBltOnly,
        .PixelsPerScanLine = sizes[mode].width,
    };
}

static size_t screen_pages(void)
{
    return EFI_SIZE_TO_PAGES((size_t)current_information.HorizontalResolution *
                             current_information.VerticalResolution * sizeof(*screen));
}

static EFI_STATUS open_screen(void)
{
    EFI_PHYSICAL_ADDRESS address;
    EFI_STATUS status;

    if (screen)
        return EFI_SUCCESS;
    status = page_alloc(AllocateAnyPages, EfiBootServicesData, screen_pages(), &address);
    if (status != EFI_SUCCESS)
        return status;
    screen = memset((void *)(uintptr_t)address, 0, screen_pages() * EFI_PAGE_SIZE);
    return EFI_SUCCESS;
}

/* A new mode's screen is black; so is the one that the next Blt() allocates. */
static void close_screen(void)
{
    if (screen)
        page_free((uintptr_t)screen, screen_pages());
    screen = NULL;
}

static EFI_STATUS EFIAPI query_mode(EFI_GRAPHICS_OUTPUT_PROTOCOL *this, UINT32 mode,
                                    UINTN *information_bytes,
                                    EFI_GRAPHICS_OUTPUT_MODE_INFORMATION **information)
{
    EFI_STATUS status;
    void *buffer;

    (void)this;
    if (!information_bytes || !information || mode >= MODES)
        return EFI_INVALID_PARAMETER;
    status = pool_alloc(EfiBootServicesData, sizeof(**information), &buffer);
    if (status != EFI_SUCCESS)
        return status;
    *information = buffer;
    **information = information_of(mode);
    *information_bytes = sizeof(**information);
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI set_mode(EFI_GRAPHICS_OUTPUT_PROTOCOL *this, UINT32 mode)
{
    (void)this;
    if (mode >= MODES)
        return EFI_UNSUPPORTED;
    close_screen();
    current_mode.Mode = mode;
    current_information = information_of(mode);
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI blt(EFI_GRAPHICS_OUTPUT_PROTOCOL *this,
                             EFI_GRAPHICS_OUTPUT_BLT_PIXEL *buffer,
                             EFI_GRAPHICS_OUTPUT_BLT_OPERATION operation, UINTN source_x,
                             UINTN source_y, UINTN destination_x, UINTN destination_y, UINTN width,
                             UINTN height, UINTN delta)
{
    struct blt request = {
        .operation = operation,
        .buffer = buffer,
        .source_x = source_x,
        .source_y = source_y,
        .destination_x = destination_x,
        .destination_y = destination_y,
        .width = width,
        .height = height,
        .delta_bytes = delta,
    };

    (void)this;
    if (!blt_is_valid(&request, current_information.HorizontalResolution,
                      current_information.VerticalResolution))
        return EFI_INVALID_PARAMETER;
    if (open_screen() != EFI_SUCCESS)
        return EFI_DEVICE_ERROR;
    blt_run(&request, screen, current_information.HorizontalResolution);
    return EFI_SUCCESS;
}

static EFI_GRAPHICS_OUTPUT_PROTOCOL protocol = {
    .QueryMode = query_mode,
    .SetMode = set_mode,
    .Blt = blt,
    .Mode = &current_mode,
};

EFI_STATUS graphics_output_install(EFI_HANDLE *handle)
{
    static EFI_GUID guid = EFI_GRAPHICS_OUTPUT_PROTOCOL_GUID;

    current_information = information_of(current_mode.Mode);
    return handle_install(handle, &guid, &protocol);
}
