/*
 * The upper left part of the screen, which tests draw on, and what it ought to look like.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_GRAPHICS_SCREEN_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_GRAPHICS_SCREEN_H

#include <stdbool.h>

#include <efi.h>

#define AREA_WIDTH  64
#define AREA_HEIGHT 48

typedef EFI_GRAPHICS_OUTPUT_BLT_PIXEL pixel;

/* Without the byte that nobody sees. */
#define PIXEL(colour) ((pixel){(UINT8)(colour), (UINT8)((colour) >> 8), (UINT8)((colour) >> 16), 0})

/* The firmware's graphics output, NULL when there is none. */
EFI_GRAPHICS_OUTPUT_PROTOCOL *graphics(void);

/* Its width and height. */
UINTN graphics_width(void);
UINTN graphics_height(void);

EFI_STATUS graphics_blt(pixel *buffer, EFI_GRAPHICS_OUTPUT_BLT_OPERATION operation, UINTN source_x,
                        UINTN source_y, UINTN x, UINTN y, UINTN width, UINTN height,
                        UINTN delta_bytes);

/* Every pixel of the area becomes another one; the expected picture does, too. */
void area_draw(void);

/* A pixel of the expected picture. */
pixel *area_at(UINTN x, UINTN y);

/* A rectangle of it gets this colour, or that of another rectangle as it was before. */
void area_fill(UINTN x, UINTN y, UINTN width, UINTN height, pixel colour);
void area_move(UINTN from_x, UINTN from_y, UINTN x, UINTN y, UINTN width, UINTN height);

/* Does the screen look as expected? */
bool area_is_right(void);

bool pixel_is(pixel a, pixel b);

#endif
