#include "loader/pe.h"

#include "loader/lib/log.h"
#include "loader/lib/string.h"

/* Base relocation types; the others belong to other machines or, as HIGHADJ (4), to 16-bit code. */
enum fixup_type {
    FIXUP_ABSOLUTE = 0, /* padding */
    FIXUP_HIGH = 1,
    FIXUP_LOW = 2,
    FIXUP_HIGHLOW = 3,
    FIXUP_DIR64 = 10,
};

struct relocation_block {
    uint32_t page_rva;
    uint32_t bytes; /* with this header; 16-bit fixups follow */
};

_Static_assert(sizeof(struct relocation_block) == 8, "PE: base relocation block");

struct walk {
    const uint8_t *base;
    uint32_t bytes; /* of the image */
    pe_fixup_visitor visit;
    void *context;
};

static size_t fixup_bytes(enum fixup_type type)
{
    switch (type) {
    case FIXUP_HIGH:
    case FIXUP_LOW:
        return sizeof(uint16_t);
    case FIXUP_HIGHLOW:
        return sizeof(uint32_t);
    case FIXUP_DIR64:
        return sizeof(uint64_t);
    case FIXUP_ABSOLUTE:
    default:
        return 0;
    }
}

/* The low `bytes` bytes of a sum do not depend on what stands above them: one addition for all. */
static void apply(void *base, const struct pe_fixup *fixup, uint64_t delta)
{
    uint8_t *place = (uint8_t *)base + fixup->rva;
    uint64_t value = 0;

    memcpy(&value, place, fixup->bytes);
    value += delta >> fixup->shift;
    memcpy(place, &value, fixup->bytes);
}

static EFI_STATUS visit_fixup(const struct walk *walk, uint64_t rva, enum fixup_type type)
{
    size_t bytes = fixup_bytes(type);
    struct pe_fixup fixup = {
        .rva = (uint32_t)rva,
        .bytes = (uint8_t)bytes,
        .shift = type == FIXUP_HIGH ? 16 : 0,
    };

    if (type == FIXUP_ABSOLUTE)
        return EFI_SUCCESS;
    if (bytes == 0) {
        log_err("pe: relocation of type %u at %#llx is not for x86-64", (unsigned int)type,
                (unsigned long long)rva);
        return EFI_LOAD_ERROR;
    }
    if (rva > walk->bytes || bytes > walk->bytes - rva) {
        log_err("pe: relocation at %#llx is outside the image (%#x bytes)", (unsigned long long)rva,
                walk->bytes);
        return EFI_LOAD_ERROR;
    }
    walk->visit(walk->context, &fixup);
    return EFI_SUCCESS;
}

/* `block_rva` is where the block lies, its whole length checked. */
static EFI_STATUS visit_block(const struct walk *walk, uint32_t block_rva,
                              const struct relocation_block *block)
{
    EFI_STATUS status = EFI_SUCCESS;
    uint16_t fixup;

    for (uint32_t offset = sizeof(*block);
         status == EFI_SUCCESS && block->bytes - offset >= sizeof(fixup); offset += sizeof(fixup)) {
        memcpy(&fixup, walk->base + block_rva + offset, sizeof(fixup));
        status = visit_fixup(walk, (uint64_t)block->page_rva + (fixup & 0xfff),
                             (enum fixup_type)(fixup >> 12));
    }
    return status;
}

EFI_STATUS pe_for_each_fixup(const void *base, uint32_t image_bytes, uint32_t relocation_rva,
                             uint32_t relocation_bytes, pe_fixup_visitor visit, void *context)
{
    struct walk walk = {.base = base, .bytes = image_bytes, .visit = visit, .context = context};
    uint32_t rva = relocation_rva;
    uint32_t left = relocation_bytes;
    struct relocation_block block;
    EFI_STATUS status = EFI_SUCCESS;

    if (rva > image_bytes || left > image_bytes - rva) {
        log_err("pe: relocation table (%#x bytes at %#x) is outside the image (%#x bytes)", left,
                rva, image_bytes);
        return EFI_LOAD_ERROR;
    }
    /* Less than a block's header is padding: linkers round the directory up, not the blocks. */
    while (status == EFI_SUCCESS && left >= sizeof(block)) {
        memcpy(&block, walk.base + rva, sizeof(block));
        if (block.bytes < sizeof(block) || block.bytes > left) {
            log_err("pe: relocation block at %#x has %#x bytes (expected %#zx to %#x)", rva,
                    block.bytes, sizeof(block), left);
            return EFI_LOAD_ERROR;
        }
        status = visit_block(&walk, rva, &block);
        rva += block.bytes;
        left -= block.bytes;
    }
    return status;
}

struct relocation {
    void *base;
    uint64_t delta;
};

static void relocate(void *context, const struct pe_fixup *fixup)
{
    const struct relocation *relocation = context;

    apply(relocation->base, fixup, relocation->delta);
}

EFI_STATUS pe_relocate(void *base, uint32_t image_bytes, uint32_t relocation_rva,
                       uint32_t relocation_bytes, uint64_t delta)
{
    struct relocation relocation = {.base = base, .delta = delta};

    return pe_for_each_fixup(base, image_bytes, relocation_rva, relocation_bytes, relocate,
                             &relocation);
}
