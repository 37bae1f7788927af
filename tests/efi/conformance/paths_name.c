#include "tests/efi/conformance/paths_name.h"

#define LENGTH_MAX 76

const char *paths_name(const char *text)
{
    static char name[LENGTH_MAX + 1];
    UINTN length = 0;

    for (; *text && length < LENGTH_MAX; text++)
        name[length++] = *text == ' ' || *text == '[' || *text == ']' ? '_' : *text;
    name[length] = 0;
    return name;
}
