#include "loader/x86/entropy.h"

#include <stdint.h>

#include "loader/lib/string.h"
#include "loader/x86/cpu.h"

#define CPUID_FEATURES          1u
#define CPUID_FEATURES_RDRAND   (1u << 30)
#define CPUID_STRUCTURED        7u
#define CPUID_STRUCTURED_RDSEED (1u << 18)

/* Intel's guide asks for 10 tries of RDRAND; RDSEED runs dry sooner. */
#define TRIES 128

static bool has_rdseed(void)
{
    return cpuid(0, 0).eax >= CPUID_STRUCTURED &&
           cpuid(CPUID_STRUCTURED, 0).ebx & CPUID_STRUCTURED_RDSEED;
}

static bool has_rdrand(void)
{
    return cpuid(CPUID_FEATURES, 0).ecx & CPUID_FEATURES_RDRAND;
}

static bool rdseed(uint64_t *ret_value)
{
    bool ok;

    __asm__ volatile("rdseed %0" : "=r"(*ret_value), "=@ccc"(ok));
    return ok;
}

static bool rdrand(uint64_t *ret_value)
{
    bool ok;

    __asm__ volatile("rdrand %0" : "=r"(*ret_value), "=@ccc"(ok));
    return ok;
}

/* Some CPUs report success and deliver all ones after a suspend: count that as failure. */
static bool try_hard(bool (*source)(uint64_t *), uint64_t *ret_value)
{
    for (unsigned int i = 0; i < TRIES; i++) {
        if (source(ret_value) && *ret_value != UINT64_MAX)
            return true;
        cpu_relax();
    }
    return false;
}

bool entropy_available(void)
{
    return has_rdseed() || has_rdrand();
}

bool entropy_raw_available(void)
{
    return has_rdseed();
}

static bool get_raw_word(uint64_t *ret_value)
{
    return has_rdseed() && try_hard(rdseed, ret_value);
}

static bool get_word(uint64_t *ret_value)
{
    return get_raw_word(ret_value) || (has_rdrand() && try_hard(rdrand, ret_value));
}

static bool fill(void *ret_bytes, size_t bytes, bool (*next_word)(uint64_t *))
{
    uint8_t *out = ret_bytes;

    while (bytes) {
        uint64_t word;
        size_t part = bytes < sizeof(word) ? bytes : sizeof(word);

        if (!next_word(&word))
            return false;
        memcpy(out, &word, part);
        out += part;
        bytes -= part;
    }
    return true;
}

bool entropy_get(void *ret_bytes, size_t bytes)
{
    return fill(ret_bytes, bytes, get_word);
}

bool entropy_get_raw(void *ret_bytes, size_t bytes)
{
    return fill(ret_bytes, bytes, get_raw_word);
}
