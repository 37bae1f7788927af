/*
 * The C library's memory and string functions, as far as the firmware and the compiler's generated
 * calls need them. Semantics are ISO C's.
 */
#ifndef PVHEFI_LOADER_LIB_STRING_H
#define PVHEFI_LOADER_LIB_STRING_H

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int value, size_t size);
int memcmp(const void *a, const void *b, size_t size);
size_t strlen(const char *text);
size_t strnlen(const char *text, size_t size);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t size);

#endif
