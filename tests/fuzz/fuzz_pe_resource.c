/* The input is a resource directory, and the whole image at the same time. */
#include "loader/pe_resource.h"

#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint32_t rva;
    uint32_t bytes;

    if (pe_resource_find(data, (uint32_t)size, 0, (uint32_t)size, "HII", &rva, &bytes))
        REQUIRE(rva <= size && bytes <= size - rva);
    return 0;
}
