/*
 * Parts of the console program (UEFI 2.10 sections 12.2 to 12.4), one a file.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_CONSOLE_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_CONSOLE_H

void console_mode_tests(void);
void console_cursor_tests(void);
void console_string_tests(void);
void console_attribute_tests(void);
void console_screen_tests(void);
void console_input_tests(void);
void console_input_ex_tests(void);

#endif
