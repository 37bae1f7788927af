#include "tests/unit/random.h"

/* Marsaglia's xorshift64*. */
static uint64_t random_state = 1;

void random_seed(uint32_t seed)
{
    random_state = seed * 0x9e3779b97f4a7c15ull | 1;
}

unsigned int random_below(unsigned int limit)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return (unsigned int)((random_state * 0x2545f4914f6cdd1dull >> 32) * limit >> 32);
}
