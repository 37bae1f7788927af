/*
 * Parts of the events program (UEFI 2.10 section 7.1), one a file.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_EVENTS_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_EVENTS_H

void events_create_tests(void);
void events_signal_tests(void);
void events_check_tests(void);
void events_wait_tests(void);
void events_close_tests(void);
void events_group_tests(void);
void events_tpl_tests(void);
void events_order_tests(void);
void events_timer_tests(void);
void events_interrupt_tests(void);

#endif
