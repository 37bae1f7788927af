/*
 * A model of the variable services: which variables exist, in which order, and what a call must
 * return. It knows the store's sizes but nothing of how it is made.
 */
#ifndef PVHEFI_TESTS_FUZZ_VARIABLE_MODEL_H
#define PVHEFI_TESTS_FUZZ_VARIABLE_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include <efi.h>

#define STORE_BYTES    1024 /* small, so that it gets full */
#define CAPACITY_BYTES (STORE_BYTES - 16)
#define RECORD_BYTES   32
#define LIMIT_BYTES    (CAPACITY_BYTES - RECORD_BYTES)
#define KEYS           10
#define NAME_LETTERS   16

struct model_variable {
    UINT32 attributes; /* 0: does not exist */
    uint32_t bytes;
    uint8_t data[STORE_BYTES];
};

struct variable_model {
    struct model_variable variables[KEYS];
    int order[KEYS]; /* as they were created, one that is deleted but held among them */
    int count;
    int held; /* where the last enumeration stands; -1: nowhere */
    bool at_runtime;
};

extern struct variable_model model;

/* A variable is known by the index of its key. Keys share names over vendors and beginnings over
 * names. */
struct key {
    CHAR16 name[NAME_LETTERS];
    EFI_GUID vendor;
};

struct key key_of(int index);
uint32_t name_bytes_of(int index); /* including the NUL */

void model_start(void);
void model_leave_boot(void);

/* SetVariable: its status, after the model has changed accordingly. */
EFI_STATUS model_set(int index, UINT32 attributes, const uint8_t *data, uint32_t bytes);

/* Whether GetNextVariableName may start from there. */
bool model_has_place(int index);

/* The visible key after `index`, from -1 the first; -1 at the end. */
int model_next(int index);

/* The enumeration has reached `index`; -1: its end. */
void model_hold(int index);

bool model_is_visible(int index);
uint32_t model_used_bytes(void);

#endif
