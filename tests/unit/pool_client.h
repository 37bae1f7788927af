/*
 * What a client does with the pool. Each function ends the test when it goes wrong.
 */
#ifndef PVHEFI_TESTS_UNIT_POOL_CLIENT_H
#define PVHEFI_TESTS_UNIT_POOL_CLIENT_H

#include <stddef.h>
#include <stdint.h>

/* A buffer, which lies in the arena (fake_memory.h). */
void *pool_client_allocate(uint32_t type, size_t bytes);

void pool_client_free(void *buffer);

/* FreePool refuses it, and no page has come or gone. */
void pool_client_cannot_free(void *buffer);

/* All of it is `value`. */
void pool_client_expect(const uint8_t *buffer, uint8_t value, size_t bytes);

/* The type of the memory below it. */
uint32_t pool_client_type(const void *buffer);

/* The address of the page in which it begins. */
uintptr_t pool_client_page(const void *buffer);

#endif
