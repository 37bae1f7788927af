#include "hypercall/version.h"

#include "hypercall/detect.h"
#include "hypercall/hypercall.h"
#include "loader/lib/format.h"
#include "loader/lib/string.h"

static int get(unsigned int what, void *ret_value)
{
    return (int)hypercall(__HYPERVISOR_xen_version, what, (uintptr_t)ret_value, 0, 0, 0);
}

void version_get_extra(xen_extraversion_t ret_extra)
{
    memset(ret_extra, 0, XEN_EXTRAVERSION_LEN);
    if (get(XENVER_extraversion, ret_extra))
        memset(ret_extra, 0, XEN_EXTRAVERSION_LEN);
}

void version_get_text(char ret_text[XEN_VERSION_TEXT_BYTES])
{
    xen_extraversion_t extra = "";

    version_get_extra(extra);
    format_string(ret_text, XEN_VERSION_TEXT_BYTES, "%u.%u%.*s", xen_version_major(),
                  xen_version_minor(), (int)sizeof(extra), extra);
}

int version_get_features(uint32_t *ret_features)
{
    struct xen_feature_info info = {.submap_idx = 0};
    int result = get(XENVER_get_features, &info);

    if (!result)
        *ret_features = info.submap;
    return result;
}

int version_get_domain_uuid(uint8_t ret_uuid[DOMAIN_UUID_BYTES])
{
    xen_domain_handle_t handle = {0};
    int result = get(XENVER_guest_handle, handle);

    _Static_assert(sizeof(handle) == DOMAIN_UUID_BYTES, "xen/include/public/xen.h");
    if (!result)
        memcpy(ret_uuid, handle, sizeof(handle));
    return result;
}
