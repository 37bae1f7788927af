#include "shim/hii/hii_config_routing.h"

#include <stdbool.h>
#include <stddef.h>

#include "shim/device_path/device_path.h"
#include "shim/hii/hii_config_block.h"
#include "shim/hii/hii_config_element.h"
#include "shim/hii/hii_config_route.h"
#include "shim/protocol/handle.h"
#include "shim/text/text_builder.h"

/* A string that is longer is nobody's configuration. */
#define UNITS_MAX (1u << 20)

static EFI_STATUS EFIAPI extract_config(const EFI_HII_CONFIG_ROUTING_PROTOCOL *this,
                                        const CHAR16 *request, const CHAR16 **progress,
                                        CHAR16 **results)
{
    (void)this;
    if (!progress || !results)
        return EFI_INVALID_PARAMETER;
    *progress = NULL;
    return request ? hii_config_extract(request, progress, results) : EFI_INVALID_PARAMETER;
}

static EFI_STATUS EFIAPI export_config(const EFI_HII_CONFIG_ROUTING_PROTOCOL *this,
                                       CHAR16 **results)
{
    (void)this;
    return results ? hii_config_export(results) : EFI_INVALID_PARAMETER;
}

static EFI_STATUS EFIAPI route_config(const EFI_HII_CONFIG_ROUTING_PROTOCOL *this,
                                      const CHAR16 *configuration, const CHAR16 **progress)
{
    (void)this;
    if (!progress)
        return EFI_INVALID_PARAMETER;
    *progress = NULL;
    return configuration ? hii_config_route(configuration, progress) : EFI_INVALID_PARAMETER;
}

static EFI_STATUS EFIAPI block_to_config(const EFI_HII_CONFIG_ROUTING_PROTOCOL *this,
                                         const CHAR16 *request, const UINT8 *block,
                                         UINTN block_bytes, CHAR16 **config,
                                         const CHAR16 **progress)
{
    (void)this;
    if (!progress)
        return EFI_INVALID_PARAMETER;
    *progress = request;
    if (!request || !block || !config)
        return EFI_INVALID_PARAMETER;
    return hii_config_from_block(request, block, block_bytes, config, progress);
}

static EFI_STATUS EFIAPI config_to_block(const EFI_HII_CONFIG_ROUTING_PROTOCOL *this,
                                         const CHAR16 *config, UINT8 *block, UINTN *block_bytes,
                                         const CHAR16 **progress)
{
    (void)this;
    if (!progress)
        return EFI_INVALID_PARAMETER;
    *progress = config;
    if (!config || !block_bytes)
        return EFI_INVALID_PARAMETER;
    return hii_config_to_block(config, block, block_bytes, progress);
}

/* NULL is any. */
static bool is_routed_to(const struct hii_config_element *element, const EFI_GUID *guid,
                         const CHAR16 *name, const EFI_DEVICE_PATH *path)
{
    return (!guid || hii_config_value_is_bytes(element->guid, guid, sizeof(*guid))) &&
           (!name || hii_config_value_is_text(element->name, name)) &&
           (!path || hii_config_value_is_bytes(element->path, path, device_path_bytes(path)));
}

/* Is the body that of this alternative (NULL: of none)? Its number is taken off. */
static bool take_alternative(struct text_slice *body, const UINT16 *alternative)
{
    struct text_slice value;
    uint64_t number;

    if (!hii_config_take(body, "ALTCFG=", &value))
        return !alternative;
    return alternative && text_slice_hex(value, &number) && number == *alternative;
}

static EFI_STATUS join(struct text_slice header, struct text_slice body, CHAR16 **ret_results)
{
    struct text_builder out = TEXT_BUILDER(UNITS_MAX);

    for (size_t i = 0; i < header.length; i++)
        text_put(&out, header.text[i]);
    if (body.length)
        text_put(&out, '&');
    for (size_t i = 0; i < body.length; i++)
        text_put(&out, body.text[i]);
    *ret_results = text_take(&out);
    return *ret_results ? EFI_SUCCESS : EFI_OUT_OF_RESOURCES;
}

static EFI_STATUS EFIAPI get_alt_config(const EFI_HII_CONFIG_ROUTING_PROTOCOL *this,
                                        const CHAR16 *config, const EFI_GUID *guid,
                                        const CHAR16 *name, const EFI_DEVICE_PATH *path,
                                        const UINT16 *alternative, CHAR16 **results)
{
    struct hii_config_element element;

    (void)this;
    if (!config || !results)
        return EFI_INVALID_PARAMETER;
    for (; config; config = hii_config_element_next(&element)) {
        if (!hii_config_element_read(config, &element))
            return EFI_INVALID_PARAMETER;
        if (is_routed_to(&element, guid, name, path) &&
            take_alternative(&element.body, alternative))
            return join(element.header, element.body, results);
    }
    return EFI_NOT_FOUND;
}

static EFI_HII_CONFIG_ROUTING_PROTOCOL protocol = {
    .ExtractConfig = extract_config,
    .ExportConfig = export_config,
    .RouteConfig = route_config,
    .BlockToConfig = block_to_config,
    .ConfigToBlock = config_to_block,
    .GetAltConfig = get_alt_config,
};

EFI_STATUS hii_config_routing_install(EFI_HANDLE *handle)
{
    static const EFI_GUID guid = EFI_HII_CONFIG_ROUTING_PROTOCOL_GUID;

    return handle_install(handle, &guid, &protocol);
}
