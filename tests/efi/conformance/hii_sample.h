/*
 * A package list of the tests' own in the HII database: strings in two languages, and a GUID
 * package.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_HII_SAMPLE_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_HII_SAMPLE_H

#include <efi.h>

#include "shim/hii/hii_database_protocol.h"
#include "shim/hii/hii_string.h"
#include "tests/unit/hii_builder.h"

/* Its string ids. The first one is each language's name. */
#define SAMPLE_ONE   2u
#define SAMPLE_TWO   3u
#define SAMPLE_LAST  SAMPLE_TWO
#define SAMPLE_LIST  0x51a7e001u
#define SAMPLE_GUIDS 0x51a7e002u

/* NULL, with a SKIP line for the topic, where there is none. */
EFI_HII_DATABASE_PROTOCOL *hii_database(void);
EFI_HII_STRING_PROTOCOL *hii_strings(void);

/* In English "English", "one", "two"; in German, with Austrian beside it, "Deutsch", "eins". */
struct hii_list hii_sample(void);

/* In the database, for nobody's driver; NULL, with an ERROR line, when it is refused. */
EFI_HII_HANDLE hii_sample_add(void);

/* Takes it out again. */
void hii_sample_remove(EFI_HII_HANDLE handle);

#endif
