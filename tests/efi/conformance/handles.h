/*
 * Parts of the handles program (UEFI 2.10 section 7.3), one a file.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_HANDLES_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_HANDLES_H

void handles_install_tests(void);
void handles_uninstall_tests(void);
void handles_reinstall_tests(void);
void handles_multiple_tests(void);
void handles_open_tests(void);
void handles_conflict_tests(void);
void handles_close_tests(void);
void handles_information_tests(void);
void handles_notify_tests(void);
void handles_locate_tests(void);
void handles_registration_tests(void);
void handles_device_path_tests(void);
void handles_per_handle_tests(void);

#endif
