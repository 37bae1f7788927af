/*
 * GDT, TSS and IDT of the firmware. Exceptions run on a stack of their own, so that a stack that
 * ran into its guard page can still be reported. Boot phase.
 */
#ifndef PVHEFI_LOADER_X86_DESCRIPTOR_TABLES_H
#define PVHEFI_LOADER_X86_DESCRIPTOR_TABLES_H

void descriptor_tables_init(void);

#endif
