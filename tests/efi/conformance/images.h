/*
 * Parts of the images program (UEFI 2.10 section 7.4), one a file.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_IMAGES_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_IMAGES_H

void images_load_tests(void);
void images_memory_tests(void);
void images_bad_tests(void);
void images_start_tests(void);
void images_exit_tests(void);
void images_nested_tests(void);
void images_driver_tests(void);
void images_unload_tests(void);
void images_origin_tests(void);
void images_file_tests(void);
void images_load_file_tests(void);

#endif
