/*
 * Where a program's lines go: the console, and after ExitBootServices what the machine has besides.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_REPORT_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_REPORT_H

/* Begins a line of its own whatever the cursor's column was. ASCII. */
void report_line(const char *line);

/* ConOut is gone: from now on the serial port, if there is one, and port 0xe9, which is a console
 * in several emulators and under Xen. */
void report_leave_boot(void);

#endif
