/*
 * Parts of the paths program (UEFI 2.10 sections 10.5 and 10.6), one a file.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_PATHS_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_PATHS_H

void paths_size_tests(void);
void paths_append_tests(void);
void paths_instance_tests(void);
void paths_to_text_tests(void);
void paths_from_text_tests(void);

#endif
