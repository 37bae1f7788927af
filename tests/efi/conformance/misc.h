/*
 * Parts of the misc program (UEFI 2.10 section 7.5), one a file.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_MISC_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_MISC_H

void misc_crc32_tests(void);
void misc_copy_tests(void);
void misc_set_tests(void);
void misc_table_tests(void);
void misc_count_tests(void);
void misc_stall_tests(void);
void misc_watchdog_tests(void);

#endif
