/*
 * The guest's PV disks ("vbds") as block devices with handles: device path, BlockIo(2), DiskIo(2).
 * Boot phase.
 */
#ifndef PVHEFI_SHIM_BLOCK_PV_DISK_H
#define PVHEFI_SHIM_BLOCK_PV_DISK_H

/*
 * Connects every disk that xenstore lists, in its order, which is that of xl's configuration. What
 * does not come up within five seconds gets a log_warn line and no handle. Once.
 */
void pv_disks_install(void);

/*
 * ExitBootServices, before xenstore and the grant table are closed: all of them are as new for the
 * OS. Allocates nothing.
 */
void pv_disks_close(void);

#endif
