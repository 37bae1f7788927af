/*
 * The only file that is compiled anew when nothing but the version changes.
 */
#include "loader/version.h"

const char firmware_version[] = PVHEFI_VERSION;
const char firmware_date[] = PVHEFI_DATE;
