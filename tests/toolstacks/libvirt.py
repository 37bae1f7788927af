"""Guests that libvirt creates, by its driver for Xen and the XML of docs/toolstacks.md."""

from boot import linux
from boot.case import Case, expect
from boot.disk_boot import MARK, REMOVABLE, expect_booted
from rig import Disk, Guest, disk_image, initrd, uki
from rig.debian import Suite
from rig.kernel import Kernel
from rig.toolstack import Toolstack

XEN, SUITE = "4.17", "bookworm"
PACKAGES = ("libvirt-daemon-driver-xen", "libvirt-daemon", "libvirt-clients")
DRIVER = "usr/lib/x86_64-linux-gnu/libvirt/connection-driver/libvirt_driver_libxl.so"
PROGRAMS = {"bin/libvirtd": "usr/sbin/libvirtd", "bin/virsh": "usr/bin/virsh", DRIVER: DRIVER}
# What the driver knows of processors.
DATA = ("usr/share/libvirt/cpu_map/*.xml",)
CMDLINE = "console=hvc0 rig.word=libvirt"
MEMORY = 512
TIMEOUT = 300
ESP_MIB = 48
# In dom0: where the rig puts a guest's files, and the name that it gives to the firmware.
GUEST = "/guest"
FIRMWARE = f"/usr/lib/xen-{XEN}/boot/pvhefi.elf"
# All models of processors that libvirt knows have VME, but not the rig's, and a host that is none of them gets no driver.
START_DAEMON = """\
echo root:x:0:0:root:/:/bin/sh >/etc/passwd
echo root:x:0: >/etc/group
export LIBVIRT_DEFAULT_URI=xen:///system
mkdir -p /var/log/libvirt /run/libvirt
ln -s /run/libvirt /var/run/libvirt
sed -i /vme/d /usr/share/libvirt/cpu_map/x86_486.xml
if ! pidof libvirtd >/dev/null; then libvirtd & fi
until virsh version || ! pidof libvirtd; do sleep 1; done
"""
# libvirt's word for how the guest ended (its next event) is told as xl would.
CREATE = """\
cat >/guest/guest.xml <<END
{xml}END
virsh domxml-to-native xen-xl /guest/guest.xml | tee /guest/native
virsh domxml-from-native xen-xl /guest/native
virsh create /guest/guest.xml || exit
id=$(virsh domid {name})
echo "Waiting for domain {name} (domid $id) to die"
how=$(virsh event {name} --event lifecycle)
echo "$how"
case $how in *Shutdown*) reason=0 ;; *) reason=3 ;; esac
echo "Domain $id has shut down, reason code $reason"
"""


def toolstack():
    """Return Debian's libvirt."""
    return Toolstack(tuple(Suite(SUITE).packages(*PACKAGES).folders), PROGRAMS, DATA)


def xml(name, boot, disks=""):
    """Return the description of a domain NAME, which is looked at when it has ended.

    BOOT and DISKS are elements of <os> and <devices>.
    """
    return f"""\
<domain type='xen'>
  <name>{name}</name>
  <memory unit='MiB'>{MEMORY}</memory>
  <vcpu>1</vcpu>
  <os>
    <type arch='x86_64' machine='xenpvh'>xenpvh</type>
    <kernel>{FIRMWARE}</kernel>
{boot}  </os>
  <on_poweroff>preserve</on_poweroff>
  <on_crash>preserve</on_crash>
  <devices>
{disks}    <console type='pty'><target type='xen'/></console>
  </devices>
</domain>
"""


class Libvirt:
    """Makes the cases; images go to FOLDER."""

    def __init__(self, firmware, folder):
        self._firmware, self._folder = firmware, folder
        self._kernel = Kernel("bookworm", "cloud")
        self._initrd = initrd.build(self._kernel)

    def cases(self):
        """Return all of them."""
        return [self._image(), self._disk()]

    def _uki(self, name):
        return uki.build(self._folder / f"{name}.efi", self._kernel.vmlinuz, self._initrd, "console=hvc0")

    def _guest(self, name, mode, elements, **more):
        create = START_DAEMON + CREATE.format(name=name, xml=xml(name, *elements))
        return Guest(name, mode, firmware=self._firmware, create=create, memory=MEMORY, timeout=TIMEOUT, **more)

    def _image(self):
        """An EFI image in the place of the initrd."""
        name = "libvirt-image"
        boot = f"    <initrd>{GUEST}/image</initrd>\n    <cmdline>{CMDLINE}</cmdline>\n"
        guest = self._guest(name, "module", (boot,), image=self._uki(name))

        def check(result):
            expect_translated(result)
            linux.expect_efi_boot(result, MEMORY, release="6.1", cmdline=CMDLINE)
        return Case("libvirt: a UKI as the initrd", guest, check)

    def _disk(self):
        name = "libvirt-disk"
        image = self._folder / f"{name}.img"
        disk_image.boot_disk(image, {REMOVABLE: self._uki(name), "mark": f"{MARK}\n".encode()}, ESP_MIB)
        disk = Disk(image, "xvda")
        device = f"""\
    <disk type='block' device='disk'>
      <driver name='phy' type='raw'/>
      <source dev='/dev/rig/{disk.serial(name)}'/>
      <target dev='xvda' bus='xen'/>
    </disk>
"""
        guest = self._guest(name, "alone", ("", device), disks=[disk])

        def check(result):
            expect_translated(result)
            expect_booted(result, "xvda1", MEMORY)
            expect(result.report["cmdline"] == ["console=hvc0"], f"command line {result.report['cmdline']}")
        return Case("libvirt: from the disk", guest, check)


def expect_translated(result):
    """virsh turned the XML into xl's configuration, and that into XML again."""
    for line in ('type = "pvh"', f'kernel = "{FIRMWARE}"', "<type arch='x86_64' machine='xenpvh'>xenpvh</type>",
                 f"<kernel>{FIRMWARE}</kernel>"):
        expect(line in result.xl_log, f"virsh does not say {line!r}:\n{result.xl_log}")
