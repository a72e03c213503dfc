// Numbers that assembly needs of records whose home is Swift. HypervisorCoreTests compares every one of them with
// MemoryLayout, so a changed record cannot pass unnoticed.
#ifndef BULKHEAD_LAYOUT_H
#define BULKHEAD_LAYOUT_H

// ImageFormat: FormatVersion.current
#define FORMAT_VERSION 4

// ImageFormat: RuntimeHeader, offsets from the start of the image.
#define HEADER_PARTITION_TABLE 128
#define HEADER_IMAGE_BASE 136
#define HEADER_PARTITION_TABLE_PHYSICAL 144

// ImageFormat: PartitionTable
#define TABLE_TRANSLATION_TABLE 32
#define TABLE_TRANSLATION_CONTROL 40
#define TABLE_MEMORY_ATTRIBUTES 48
#define TABLE_CPU_COUNT 56
#define TABLE_CPUS_OFFSET 72
#define TABLE_CONSOLE_KIND 104
#define TABLE_CONSOLE_BASE 112
#define TABLE_CPU_START 124
#define TABLE_BOOT_CPU 148
#define CPU_START_SPIN_TABLE 2
#define TABLE_MACHINE_FLAGS 168

// ImageFormat: MachineFlags.signalsVirtualInterrupts
#define MACHINE_FLAG_SIGNAL_BIT 0

// ImageFormat: CPURecord
#define CPU_RECORD_STATE 8
#define CPU_RECORD_RELEASE_ADDRESS 40
#define CPU_RECORD_SIZE 48

// HypervisorCore: what the image reserves for CPUState and DomainState (a test holds that they fit), and the stack of
// each CPU at EL2, of which `.make/inspect` holds that no path needs more than three quarters. The stack ends where the
// state begins, and the two fill a page.
#define CPU_STATE_SIZE 1536
#define DOMAIN_STATE_SIZE 2624
#define STACK_SIZE 2560

// HypervisorCore: OwnState.interfaceControl, from the start of a CPU's state.
#define CPU_INTERFACE_CONTROL 0

// HypervisorCore: SystemState
#define SYSTEM_STATE_SIZE 128

// What a trap saves. Calls and interrupts: x0 to x18 and x30, at the places of TrapFrame's first registers. Everything
// else: x0 to x30 in order, and zero.
#define FRAME_SIZE 256

#endif
