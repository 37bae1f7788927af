/*
 * Parts of the graphics program (UEFI 2.10 section 12.9), one a file. Each does nothing, after a
 * SKIP line of the first, where there is no graphics output.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_GRAPHICS_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_GRAPHICS_H

void graphics_mode_tests(void);
void graphics_fill_tests(void);
void graphics_buffer_tests(void);
void graphics_move_tests(void);
void graphics_edge_tests(void);

#endif
