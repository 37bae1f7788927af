/*
 * Parts of the variables program (UEFI 2.10 section 8.2), one a file.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_VARIABLES_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_VARIABLES_H

void variables_get_tests(void);
void variables_set_tests(void);
void variables_name_tests(void);
void variables_attribute_tests(void);
void variables_kind_tests(void);
void variables_append_tests(void);
void variables_next_tests(void);
void variables_query_tests(void);
void variables_limit_tests(void);
void variables_defined_tests(void);

#endif
