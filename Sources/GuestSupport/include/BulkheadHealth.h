// The health page, as a domain with `health: read` finds it: the memory of the channel that its device tree labels
// `health`. It cannot write there. Little-endian; ImageFormat's HealthLayout says the same to the hypervisor, and a test
// compares the two.
#ifndef BULKHEAD_HEALTH_H
#define BULKHEAD_HEALTH_H

#include <stdint.h>

#define BULKHEAD_HEALTH_MAGIC 0x48544C4145484842u // "BHHEALTH"
#define BULKHEAD_HEALTH_VERSION 1

struct bulkhead_health_head {
  uint64_t magic; // written last, when all else is there
  uint32_t version;
  uint32_t entry_count; // domains, in the manifest's order
  uint32_t head_size; // where the first entry starts
  uint32_t entry_size;
  uint64_t frequency; // ticks a second of all times here, which CNTPCT_EL0 counts
  uint64_t reserved[4];
};

enum bulkhead_health_state {
  BULKHEAD_HEALTH_WAITING, // it has not started
  BULKHEAD_HEALTH_RUNNING,
  BULKHEAD_HEALTH_STOPPING, // not all of its CPUs have left it
  BULKHEAD_HEALTH_HALTED,
  BULKHEAD_HEALTH_RESTARTING,
};

enum bulkhead_health_fault {
  BULKHEAD_HEALTH_NO_FAULT,
  BULKHEAD_HEALTH_INSTRUCTION, // outside its memory; the address is where
  BULKHEAD_HEALTH_EXCEPTION, // that the hypervisor does not expect; the address is ESR_EL2
  BULKHEAD_HEALTH_SYSTEM_ERROR, // the address is ESR_EL2
  BULKHEAD_HEALTH_HYPERVISOR, // an error of the hypervisor on one of its CPUs; address and PC are the hypervisor's
  BULKHEAD_HEALTH_WATCHDOG_FAULT, // the address is the period in microseconds
  BULKHEAD_HEALTH_DMA, // of one of its devices; the address is where it went
};

enum bulkhead_health_watchdog {
  BULKHEAD_HEALTH_NO_WATCHDOG,
  BULKHEAD_HEALTH_WATCHDOG_WAITING, // not started by the domain in this run
  BULKHEAD_HEALTH_WATCHDOG_REFRESHED,
  BULKHEAD_HEALTH_WATCHDOG_WARNED, // half of the period has passed
  BULKHEAD_HEALTH_WATCHDOG_EXPIRED,
};

struct bulkhead_health_entry {
  uint32_t sequence; // odd while the entry is being written
  uint32_t state;
  char name[32]; // ASCII; at least one zero ends it
  uint32_t restarts;
  uint32_t faults; // that ended a run; the last of them:
  uint32_t fault_kind;
  uint32_t fault_cpu; // the domain's own count
  uint64_t fault_address;
  uint64_t fault_pc;
  uint64_t fault_time;
  uint32_t refused_accesses; // counters of what was refused since the system started
  uint32_t refused_calls;
  uint32_t undefined_instructions;
  uint32_t ignored_set_way;
  uint32_t watchdog;
  uint32_t watchdog_expiries;
  uint64_t start_time; // of its present or last run
  uint64_t reserved[2];
};

_Static_assert(sizeof(struct bulkhead_health_head) == 64, "the head has 64 bytes");
_Static_assert(sizeof(struct bulkhead_health_entry) == 128, "an entry has 128 bytes");

/// Copies entry `index` of the page.
///
/// Returns 1 if all of the copy belongs together, 0 if there is no such entry or it was being written all the time.
static inline int bulkhead_health_read(const volatile void *page, uint32_t index, struct bulkhead_health_entry *copy) {
  const volatile struct bulkhead_health_head *head = page;
  if (head->magic != BULKHEAD_HEALTH_MAGIC || head->version != BULKHEAD_HEALTH_VERSION || index >= head->entry_count)
    return 0;
  const volatile uint64_t *from =
      (const volatile uint64_t *)((uintptr_t)page + head->head_size + (uintptr_t)index * head->entry_size);
  uint64_t *to = (uint64_t *)copy;
  for (int attempt = 0; attempt < 1000; attempt++) {
    uint32_t before = *(const volatile uint32_t *)from;
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    for (unsigned word = 0; word < sizeof *copy / 8; word++) to[word] = from[word];
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    if (before % 2 == 0 && *(const volatile uint32_t *)from == before) return 1;
  }
  return 0;
}

#endif
