# Tests of block devices and the protocols on them. The lists of layers are in shim.mk, which may be
# read later.

BLOCK_UNIT_SOURCES = $(HANDLE_UNIT_SOURCES) $(addprefix shim/block/,block_check.c block_device.c read_ahead.c) \
	$(addprefix tests/unit/,fake_timer.c memory_disk.c)
DISK_UNIT_SOURCES = $(BLOCK_UNIT_SOURCES) $(wildcard shim/block/disk*.c shim/block/block_io*.c)

UNIT_block_check = shim/block/block_check.c tests/unit/isolated.c
UNIT_block_io = $(BLOCK_UNIT_SOURCES) shim/block/block_io.c
UNIT_block_io2 = $(DISK_UNIT_SOURCES)
UNIT_disk = $(DISK_UNIT_SOURCES)
UNIT_disk_io = $(DISK_UNIT_SOURCES)
UNIT_disk_io2 = $(DISK_UNIT_SOURCES)
UNIT_disk_span = shim/block/disk_span.c tests/unit/isolated.c
UNIT_read_ahead = $(BLOCK_UNIT_SOURCES)
UNIT_blk_request = hypercall/blk_request.c tests/unit/isolated.c
UNIT_blk_ring = hypercall/blk_ring.c tests/unit/isolated.c
BLKFRONT_UNIT_SOURCES = $(XENSTORE_UNIT_SOURCES) tests/unit/fake_blkback.c \
	$(addprefix hypercall/,blk_backend.c blk_request.c blk_ring.c blkfront.c blkfront_end.c \
	blkfront_io.c grant_table.c xenbus.c)
UNIT_blkfront = $(BLKFRONT_UNIT_SOURCES)
UNIT_pv_block = $(sort $(BLKFRONT_UNIT_SOURCES) $(BLOCK_UNIT_SOURCES) shim/block/pv_block.c)
DISK_NAME_UNIT_SOURCES = $(HANDLE_UNIT_SOURCES) loader/disk_name.c shim/block/pv_disk_path.c shim/block/vdev_name.c \
	loader/lib/format.c
UNIT_disk_name = $(DISK_NAME_UNIT_SOURCES)
UNIT_vdev_name = shim/block/vdev_name.c loader/lib/format.c tests/unit/isolated.c
