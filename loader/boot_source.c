#include "loader/boot_source.h"

#include <stdbool.h>
#include <stdint.h>

#include <xen/errno.h>

#include "loader/lib/log.h"
#include "loader/lib/string.h"

#define SIGNATURE_BYTES_MAX 6

/* What a host administrator may have named by mistake, or rightly as initrd. First match wins. */
struct content {
    uint32_t offset;
    uint32_t bytes;
    uint8_t signature[SIGNATURE_BYTES_MAX];
    const char *name;
};

static const struct content efi_image = {
    .bytes = 2,
    .signature = {'M', 'Z'},
    .name = "an EFI image",
};

static const struct content contents[] = {
    {.bytes = 4, .signature = {0x7f, 'E', 'L', 'F'}, .name = "an ELF file"},
    {.bytes = 2, .signature = {0x1f, 0x8b}, .name = "a gzip file"},
    {.bytes = 6, .signature = {0xfd, '7', 'z', 'X', 'Z', 0x00}, .name = "an xz file"},
    {.bytes = 4, .signature = {0x28, 0xb5, 0x2f, 0xfd}, .name = "a zstd file"},
    {.bytes = 4, .signature = {0x02, 0x21, 0x4c, 0x18}, .name = "an lz4 file"},
    {.bytes = 4, .signature = {0x04, 0x22, 0x4d, 0x18}, .name = "an lz4 file"},
    {.bytes = 3, .signature = {'B', 'Z', 'h'}, .name = "a bzip2 file"},
    {.bytes = 5, .signature = {0x5d, 0x00, 0x00}, .name = "an lzma file"},
    {.bytes = 4, .signature = {0x89, 'L', 'Z', 'O'}, .name = "an lzo file"},
    {.bytes = 6, .signature = {'0', '7', '0', '7', '0', '1'}, .name = "a cpio archive"},
    {.bytes = 6, .signature = {'0', '7', '0', '7', '0', '2'}, .name = "a cpio archive"},
    {.offset = 0x202, .bytes = 4, .signature = "HdrS", .name = "a Linux kernel without EFI stub"},
    {.offset = 0x8001, .bytes = 5, .signature = "CD001", .name = "an ISO 9660 image"},
    {.offset = 0x200, .bytes = 6, .signature = "EFI PA", .name = "a GPT disk image"},
};

static bool has_content(const struct boot_module *module, phys_window window,
                        const struct content *content)
{
    const uint8_t *data;

    if (module->bytes < content->offset || module->bytes - content->offset < content->bytes)
        return false;
    data = window(module->paddr, content->offset + content->bytes);
    return data != NULL && memcmp(data + content->offset, content->signature, content->bytes) == 0;
}

static bool is_image(const struct boot_module *module, phys_window window)
{
    return has_content(module, window, &efi_image);
}

static const char *content_name(const struct boot_module *module, phys_window window)
{
    for (size_t i = 0; i < sizeof(contents) / sizeof(contents[0]); i++)
        if (has_content(module, window, &contents[i]))
            return contents[i].name;
    return "of unknown content";
}

static int choose_single(const struct boot_module *module, const char *firmware_cmdline,
                         phys_window window, struct boot_source *ret_source)
{
    if (!is_image(module, window)) {
        log_err("boot: module 0 is %s, expected an EFI image (a kernel with EFI stub or a UKI)",
                content_name(module, window));
        return -XEN_EINVAL;
    }
    *ret_source = (struct boot_source){
        .kind = BOOT_SOURCE_IMAGE,
        .image = module,
        .cmdline = module->cmdline[0] != '\0' ? module->cmdline : firmware_cmdline,
    };
    return 0;
}

static int choose_pair(const struct boot_module *modules, phys_window window,
                       struct boot_source *ret_source)
{
    bool first_is_image = is_image(&modules[0], window);
    bool second_is_image = is_image(&modules[1], window);
    const struct boot_module *image = &modules[first_is_image ? 0 : 1];
    const struct boot_module *initrd = &modules[first_is_image ? 1 : 0];

    if (!first_is_image && !second_is_image) {
        log_err("boot: module 0 is %s and module 1 is %s, expected an EFI image and its initrd",
                content_name(&modules[0], window), content_name(&modules[1], window));
        return -XEN_EINVAL;
    }
    if (first_is_image && second_is_image)
        log_warn("boot: modules 0 and 1 are both EFI images; module 1 is taken as the initrd");
    *ret_source = (struct boot_source){
        .kind = BOOT_SOURCE_KERNEL,
        .image = image,
        .initrd = initrd,
        .cmdline = image->cmdline[0] != '\0' ? image->cmdline : initrd->cmdline,
    };
    return 0;
}

int boot_source_choose(const struct boot_info *info, const char *firmware_cmdline,
                       phys_window window, struct boot_source *ret_source)
{
    switch (info->module_count) {
    case 0:
        *ret_source = (struct boot_source){.kind = BOOT_SOURCE_NONE, .cmdline = ""};
        return 0;
    case 1:
        return choose_single(&info->module[0], firmware_cmdline, window, ret_source);
    case 2:
        return choose_pair(info->module, window, ret_source);
    default:
        log_err("boot: %u modules, expected an EFI image and at most one initrd",
                info->module_count);
        return -XEN_EINVAL;
    }
}
