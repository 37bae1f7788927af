#include "shim/hii/hii_config_route.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "loader/lib/string.h"
#include "shim/hii/hii_config_access.h"
#include "shim/hii/hii_config_element.h"
#include "shim/hii/hii_database.h"
#include "shim/hii/hii_format.h"
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/locate.h"
#include "shim/text/text_builder.h"

/* Configurations of a whole machine fit. */
#define UNITS_MAX (8u << 20)

static const EFI_GUID access_guid = EFI_HII_CONFIG_ACCESS_PROTOCOL_GUID;

/* Asks one driver; `results` is NULL when it is to take a configuration. */
typedef EFI_STATUS (*ask_function)(const EFI_HII_CONFIG_ACCESS_PROTOCOL *access, const CHAR16 *text,
                                   const CHAR16 **ret_progress, struct text_builder *results);

static bool has_path(const struct hii_package_list *list, struct text_slice path)
{
    const struct hii_package *package = NULL;

    while ((package = hii_package_next(list, package, HII_PACKAGE_DEVICE_PATH)))
        if (hii_config_value_is_bytes(path, package->view.bytes + HII_PACKAGE_HEADER_BYTES,
                                      package->view.size - HII_PACKAGE_HEADER_BYTES))
            return true;
    return false;
}

/* The driver whose package list has the device path of an element's header; NULL without. */
static const EFI_HII_CONFIG_ACCESS_PROTOCOL *find_driver(const struct hii_config_element *element)
{
    const struct hii_package_list *list = NULL;

    while ((list = hii_database_next(list))) {
        void *access = list->driver && has_path(list, element->path)
                           ? handle_get_interface(list->driver, &access_guid)
                           : NULL;

        if (access)
            return access;
    }
    return NULL;
}

static void put(struct text_builder *out, const CHAR16 *text)
{
    if (text_length(out) && *text)
        text_put(out, '&');
    while (*text)
        text_put(out, *text++);
}

static EFI_STATUS extract(const EFI_HII_CONFIG_ACCESS_PROTOCOL *access, const CHAR16 *request,
                          const CHAR16 **ret_progress, struct text_builder *results)
{
    CHAR16 *answer = NULL;
    EFI_STATUS status = access->ExtractConfig(access, request, ret_progress, &answer);

    if (status == EFI_SUCCESS && answer)
        put(results, answer);
    if (status == EFI_SUCCESS && answer)
        pool_free(answer);
    return status;
}

static EFI_STATUS route(const EFI_HII_CONFIG_ACCESS_PROTOCOL *access, const CHAR16 *configuration,
                        const CHAR16 **ret_progress, struct text_builder *results)
{
    (void)results;
    return access->RouteConfig(access, configuration, ret_progress);
}

/* Drivers see only what is theirs: a copy that ends with their element. */
static CHAR16 *copy_element(const struct hii_config_element *element)
{
    CHAR16 *copy = pool_new((element->whole.length + 1) * sizeof(*copy));

    if (copy)
        memcpy(copy, element->whole.text, element->whole.length * sizeof(*copy));
    return copy;
}

/* A place in the copy that the driver got is one in the string; beyond it, it is the beginning. */
static const CHAR16 *original_place(const struct hii_config_element *element, const CHAR16 *copy,
                                    const CHAR16 *place)
{
    uint64_t bytes = (uint64_t)((uintptr_t)place - (uintptr_t)copy);

    return element->whole.text +
           (bytes <= element->whole.length * sizeof(*copy) ? bytes / sizeof(*copy) : 0);
}

static EFI_STATUS ask_driver(const struct hii_config_element *element, ask_function ask,
                             const CHAR16 **ret_progress, struct text_builder *results)
{
    const EFI_HII_CONFIG_ACCESS_PROTOCOL *access = find_driver(element);
    CHAR16 *copy = access ? copy_element(element) : NULL;
    const CHAR16 *progress = copy;
    EFI_STATUS status;

    *ret_progress = element->whole.text;
    if (!copy)
        return access ? EFI_OUT_OF_RESOURCES : EFI_NOT_FOUND;
    status = ask(access, copy, &progress, results);
    *ret_progress = original_place(element, copy, progress);
    pool_free(copy);
    return status;
}

/* Each element to its driver, up to the first error. */
static EFI_STATUS ask_all(const CHAR16 *text, ask_function ask, const CHAR16 **ret_progress,
                          struct text_builder *results)
{
    struct hii_config_element element;
    EFI_STATUS status;
    const CHAR16 *next = text;

    do {
        *ret_progress = next > text ? next - 1 : text;
        if (!hii_config_element_read(next, &element))
            return EFI_INVALID_PARAMETER;
        status = ask_driver(&element, ask, ret_progress, results);
        next = hii_config_element_next(&element);
    } while (next && status == EFI_SUCCESS);
    if (status == EFI_SUCCESS)
        *ret_progress = element.whole.text + element.whole.length;
    return status;
}

EFI_STATUS hii_config_extract(const CHAR16 *request, const CHAR16 **ret_progress,
                              CHAR16 **ret_results)
{
    struct text_builder results = TEXT_BUILDER(UNITS_MAX);
    EFI_STATUS status = ask_all(request, extract, ret_progress, &results);

    if (status != EFI_SUCCESS) {
        text_drop(&results);
        return status;
    }
    *ret_results = text_take(&results);
    return *ret_results ? EFI_SUCCESS : EFI_OUT_OF_RESOURCES;
}

EFI_STATUS hii_config_route(const CHAR16 *configuration, const CHAR16 **ret_progress)
{
    return ask_all(configuration, route, ret_progress, NULL);
}

/* Without a request a driver says everything. */
EFI_STATUS hii_config_export(CHAR16 **ret_results)
{
    struct text_builder results = TEXT_BUILDER(UNITS_MAX);
    EFI_HANDLE *handles = NULL;
    UINTN count = 0;

    locate_handle_buffer(ByProtocol, &access_guid, NULL, &count, &handles);
    for (UINTN i = 0; i < count; i++) {
        const EFI_HII_CONFIG_ACCESS_PROTOCOL *access =
            handle_get_interface(handles[i], &access_guid);
        const CHAR16 *progress = NULL;

        if (access)
            extract(access, NULL, &progress, &results);
    }
    if (handles)
        pool_free(handles);
    *ret_results = text_take(&results);
    return *ret_results ? EFI_SUCCESS : EFI_OUT_OF_RESOURCES;
}
