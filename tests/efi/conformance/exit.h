/*
 * Parts of the exit program (UEFI 2.10 sections 7.4.6, 8.1 to 8.5), one a file, in this order.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_EXIT_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_EXIT_H

#include <stdbool.h>

void exit_variable_prepare(void);
void exit_virtual_prepare(void);
void exit_driver_prepare(void);

/* Boot services are gone after this one. */
void exit_leave_tests(void);

void exit_table_tests(void);
void exit_physical_tests(void);

/* The runtime services are elsewhere after this one, if they were moved at all. */
void exit_move_tests(void);
bool exit_is_moved(void);
void exit_driver_tests(void);

void exit_virtual_tests(void);

#endif
