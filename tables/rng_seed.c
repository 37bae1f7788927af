#include "tables/rng_seed.h"

#include <stdint.h>

#include "loader/x86/entropy.h"
#include "shim/memory/pool.h"
#include "tables/config_table.h"

/* What Linux asks for: one block of its hash. */
#define SEED_BYTES 32

struct rng_seed {
    uint32_t bytes;
    uint8_t seed[SEED_BYTES];
};

static const EFI_GUID rng_seed_guid = {
    0x1ce1e5bc, 0x7ceb, 0x42f2, {0x81, 0xe5, 0x8a, 0xad, 0xf1, 0x80, 0xf5, 0x7b}};

EFI_STATUS rng_seed_install(void)
{
    struct rng_seed *table;
    void *memory;

    if (!entropy_available())
        return EFI_UNSUPPORTED;
    /* The type that Linux's stub itself uses: a kexec'ed kernel finds the (refreshed) table again.
     */
    if (pool_alloc(EfiACPIReclaimMemory, sizeof(*table), &memory) != EFI_SUCCESS)
        return EFI_OUT_OF_RESOURCES;
    table = memory;
    table->bytes = SEED_BYTES;
    if (!entropy_get(table->seed, SEED_BYTES)) {
        pool_free(table);
        return EFI_UNSUPPORTED;
    }
    return config_table_install(&rng_seed_guid, table);
}
