/* Names of PV disks, as xen-vbd-interface(7) numbers them. */
#include "shim/block/vdev_name.h"

#include "tests/unit/isolated.h"

static void test_names(void **state)
{
    static const struct {
        uint32_t vdev;
        const char *name;
    } disks[] = {
        {51712, "xvda"},
        {51713, "xvda1"},
        {51728, "xvdb"},
        {51952, "xvdp"},
        {51967, "xvdp15"},
        {(1u << 28) + (16u << 8), "xvdq"},
        {(1u << 28) + (26u << 8) + 200, "xvdaa200"},
        {(1u << 29) - 1, "xvdbgqcv255"},
        {2048, "sda"},
        {2065, "sdb1"},
        {768, "hda"},
        {833, "hdb1"},
        {5632, "hdc"},
        {5696, "hdd"},
        {0, "vbd-0"},
        {767, "vbd-767"},
        {896, "vbd-896"},
        {51968, "vbd-51968"},
        {UINT32_MAX, "vbd-4294967295"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(disks) / sizeof(disks[0]); i++) {
        char name[VDEV_NAME_BYTES];

        vdev_name(disks[i].vdev, name);
        assert_string_equal(name, disks[i].name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
    };

    return isolated_run(tests);
}
