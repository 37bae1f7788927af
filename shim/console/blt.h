/*
 * Moving rectangles of pixels (UEFI 2.10 section 12.9.2.3, Blt()) between a client's buffer and a
 * screen that lies in memory. Pure.
 */
#ifndef PVHEFI_SHIM_CONSOLE_BLT_H
#define PVHEFI_SHIM_CONSOLE_BLT_H

#include <stdbool.h>
#include <stddef.h>

#include <efi.h>

/* What a client asks for, in Blt()'s own terms: nothing of it is trusted. */
struct blt {
    EFI_GRAPHICS_OUTPUT_BLT_OPERATION operation;
    EFI_GRAPHICS_OUTPUT_BLT_PIXEL *buffer;
    size_t source_x;
    size_t source_y;
    size_t destination_x;
    size_t destination_y;
    size_t width;
    size_t height;
    size_t delta_bytes; /* from row to row of the buffer; 0: its rows are `width` pixels */
};

/*
 * Is it an operation on a screen of that size? False for an unknown operation, an empty rectangle,
 * one that is not wholly on the screen, and a buffer that is not there or would end behind the
 * address space.
 */
bool blt_is_valid(const struct blt *blt, size_t screen_width, size_t screen_height);

/*
 * Does it. Valid ones only; `screen` has rows of `screen_width` pixels without gaps. A rectangle
 * that is copied onto a part of itself arrives as it was.
 */
void blt_run(const struct blt *blt, EFI_GRAPHICS_OUTPUT_BLT_PIXEL *screen, size_t screen_width);

#endif
