/* QueryMode and SetMode, and what Mode says of the screen. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/graphics.h"
#include "tests/efi/conformance/graphics_screen.h"

#define MODES_MAX 200

static void current(void)
{
    EFI_GRAPHICS_OUTPUT_PROTOCOL_MODE *mode = graphics()->Mode;
    EFI_GRAPHICS_OUTPUT_MODE_INFORMATION *info = mode->Info;

    topic("graphics.mode", "12.9.2");
    check_range("modes", mode->MaxMode, 1, MODES_MAX, "there is a mode");
    check("number", mode->Mode < mode->MaxMode, "the current one is one of them");
    check_range("info-size", mode->SizeOfInfo, sizeof(*info), 4096, "all is known of it");
    check_number("version", info->Version, 0, "in the version that is defined");
    check("size", info->HorizontalResolution >= 640 && info->VerticalResolution >= 480,
          "it has a size to draw on");
    check("format", info->PixelFormat < PixelFormatMax, "and a format");
    check("line", info->PixelsPerScanLine >= info->HorizontalResolution,
          "lines are as long as they are wide, or longer");
    if (info->PixelFormat == PixelBltOnly) {
        check_number("no-frame-buffer", mode->FrameBufferBase, 0,
                     "without a frame buffer it has no address");
        check_number("no-frame-buffer-size", mode->FrameBufferSize, 0, "and no size");
        return;
    }
    check("no-frame-buffer", mode->FrameBufferBase != 0, "the frame buffer has an address");
    check("no-frame-buffer-size",
          mode->FrameBufferSize >=
              (UINTN)info->PixelsPerScanLine * info->VerticalResolution * sizeof(pixel),
          "and room for all lines");
}

static bool describes(UINT32 number, const EFI_GRAPHICS_OUTPUT_MODE_INFORMATION *current_info)
{
    EFI_GRAPHICS_OUTPUT_MODE_INFORMATION *info = NULL;
    UINTN bytes = 0;
    EFI_STATUS status = graphics()->QueryMode(graphics(), number, &bytes, &info);
    bool same;

    if (status != EFI_SUCCESS || !info || bytes < sizeof(*info))
        return false;
    same = info->HorizontalResolution == current_info->HorizontalResolution &&
           info->VerticalResolution == current_info->VerticalResolution &&
           info->PixelFormat == current_info->PixelFormat &&
           info->PixelsPerScanLine == current_info->PixelsPerScanLine;
    return boot->FreePool(info) == EFI_SUCCESS && same;
}

static void query(void)
{
    EFI_GRAPHICS_OUTPUT_MODE_INFORMATION *info;
    UINTN bytes;

    topic("graphics.query-mode", "12.9.2.1");
    check("current", describes(graphics()->Mode->Mode, graphics()->Mode->Info),
          "the current mode is what Mode says, in the caller's pool");
    check_status("too-high",
                 graphics()->QueryMode(graphics(), graphics()->Mode->MaxMode, &bytes, &info),
                 EFI_INVALID_PARAMETER, "modes are counted from 0");
    check_status("no-size", graphics()->QueryMode(graphics(), 0, NULL, &info),
                 EFI_INVALID_PARAMETER, "a place for the size must be given");
    check_status("no-info", graphics()->QueryMode(graphics(), 0, &bytes, NULL),
                 EFI_INVALID_PARAMETER, "and one for the information");
}

static bool can_be_set(UINT32 number)
{
    pixel found = PIXEL(0x123456);

    return graphics()->SetMode(graphics(), number) == EFI_SUCCESS &&
           graphics()->Mode->Mode == number && describes(number, graphics()->Mode->Info) &&
           graphics_blt(&found, EfiBltVideoToBltBuffer, graphics_width() - 1, graphics_height() - 1,
                        0, 0, 1, 1, 0) == EFI_SUCCESS &&
           pixel_is(found, PIXEL(0));
}

/* Three are enough: other firmware has dozens. */
static void set(void)
{
    UINT32 before = graphics()->Mode->Mode;
    UINT32 modes = graphics()->Mode->MaxMode;
    bool all = true;

    for (UINT32 i = 0; i < modes && i < 3; i++)
        all = all && can_be_set(i);
    graphics()->SetMode(graphics(), before);
    topic("graphics.set-mode", "12.9.2.2");
    check("all", all, "modes can be set, which makes the screen black");
    check_status("too-high", graphics()->SetMode(graphics(), modes), EFI_UNSUPPORTED,
                 "a mode that there is not");
    check_status("highest", graphics()->SetMode(graphics(), ~0u), EFI_UNSUPPORTED,
                 "nor the highest number");
    check_number("kept", graphics()->Mode->Mode, before, "changes nothing");
}

void graphics_mode_tests(void)
{
    topic("graphics", "12.9");
    if (!graphics()) {
        skip_topic("no graphics output");
        return;
    }
    current();
    query();
    set();
}
