FUZZ_blk_ring = hypercall/blk_ring.c
