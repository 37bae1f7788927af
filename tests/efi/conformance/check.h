/*
 * Assertions about a UEFI firmware, for programs that run on any. Each has a stable id and names
 * the section of the UEFI specification 2.10 that decides it:
 *
 *   topic("memory.allocate-pages", "7.2.1");
 *   check_status("occupied", status, EFI_NOT_FOUND, "a page that somebody has is refused");
 *
 * makes "memory.allocate-pages.occupied". What is written:
 *
 *   FAIL <id> <section> <what>: expected ..., got ...
 *   ok <id> <section> <what>              with the option "verbose"
 *   SKIP <id> <section> <why>             the firmware does not offer what would be tested
 *   ERROR <topic> <section> <what>        the test could not be made: no fault of the firmware
 *   SUMMARY <program>: N passed, M failed, K errors
 *
 * Ids are unique in a program, and do not depend on the machine.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_CHECK_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_CHECK_H

#include <stdbool.h>

#include <efi.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

extern EFI_HANDLE program_image;
extern EFI_SYSTEM_TABLE *system_table;
extern EFI_BOOT_SERVICES *boot;
extern EFI_RUNTIME_SERVICES *runtime;

/* Runs `tests`, writes the summary and switches the machine off. */
EFI_STATUS check_run(const char *program, EFI_HANDLE image, EFI_SYSTEM_TABLE *table,
                     void (*const *tests)(void), UINTN count);

/* The summary and the end, for a program whose last test cannot return. */
void check_finish(void) __attribute__((noreturn));

/* Of the assertions that follow. Both texts are kept by reference. */
void topic(const char *id, const char *section);

void check(const char *name, bool holds, const char *what);
void check_status(const char *name, EFI_STATUS got, EFI_STATUS expected, const char *what);
/* Where the specification leaves the choice. */
void check_status_either(const char *name, EFI_STATUS got, EFI_STATUS expected, EFI_STATUS or_this,
                         const char *what);
void check_refused(const char *name, EFI_STATUS got, const char *what);
void check_number(const char *name, UINT64 got, UINT64 expected, const char *what);
void check_range(const char *name, UINT64 got, UINT64 least, UINT64 most, const char *what);
/* `got` may be NULL, or have other than ASCII characters, which are shown as '?'. */
void check_text(const char *name, const CHAR16 *got, const char *expected, const char *what);
void check_pointer(const char *name, const void *got, const void *expected, const char *what);

void skip(const char *name, const char *why);
/* All of the topic's that are not made: written as "SKIP <topic>.*". */
void skip_topic(const char *why);

/* An ERROR line when the test lacks what it needs: `if (!need(...)) return;` */
bool need(bool there, const char *what);
bool need_status(EFI_STATUS status, const char *what);

/* A name for one of a row: `prefix` and the number. Good until the next call. */
const char *numbered(const char *prefix, unsigned int number);

#endif
