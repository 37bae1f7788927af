/*
 * Parts of the hii program (UEFI 2.10 sections 34.3, 34.8 and 35.4), one a file.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_HII_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_HII_H

void hii_list_tests(void);
void hii_export_tests(void);
void hii_notify_tests(void);
void hii_string_tests(void);
void hii_new_string_tests(void);
void hii_language_tests(void);
void hii_config_tests(void);
void hii_config_block_tests(void);

#endif
