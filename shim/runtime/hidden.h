/*
 * Included by the compiler into every source of the runtime image: all its symbols are its own.
 * Without this the compiler would reach an extern object through a table of addresses, and those
 * would need relocation.
 */
#ifndef __ASSEMBLER__
#pragma GCC visibility push(hidden)
#endif
