/// A wrong configuration that an existing system was seen to accept, in the words of those who tried it, and the failing
/// manifests that write it here.
struct Mistake: Sendable, CustomStringConvertible {
  let system: String
  let quote: String
  let fixtures: [String]

  var description: String { "\(system): \(quote)" }

  /// Every mistake on memory, CPUs, devices, interrupts, guest layout, payloads and DMA.
  static let all: [Mistake] = [
    ("Bao", "two domains on overlapping physical memory", ["BH-MEM-010"]),
    ("Bao", "memory outside the board's RAM", ["BH-MEM-013", "BH-MEM-013-end"]),
    ("Bao", "a device region that is the hypervisor's own RAM", ["BH-DEV-014", "BH-MEM-011"]),
    ("Bao", "a device region that is another domain's RAM", ["BH-DEV-014-banks", "BH-MEM-015"]),
    ("Bao", "two domains map one UART", ["BH-DEV-010"]),
    ("Bao", "more virtual CPUs than CPUs", ["BH-CPU-001"]),
    ("Bao", "two domains bound to one CPU", ["BH-CPU-002"]),
    ("Bao", "size not a multiple of the page", ["BH-MEM-016-size"]),
    ("Bao", "image outside any memory region", ["BH-PAY-010"]),
    ("Bao", "entry point outside memory", ["BH-PAY-013"]),
    ("Bao", "one interrupt twice", ["BH-IRQ-001"]),
    ("Bao", "guest addresses overlap", ["BH-GST-002"]),
    ("Bao", "a device over the interrupt controller", ["BH-DEV-011-gic"]),
    ("Bao", "timer interrupt missing (a count one too small)", ["BH-SUP-020-timers"]),
    (
      "Jailhouse", "two cells with identical RAM, CPU, interrupt and PCI device",
      ["BH-MEM-010", "BH-CPU-002", "BH-IRQ-001", "BH-DEV-010"]
    ),
    ("Jailhouse", "a cell mapping another CPU's redistributor", ["BH-DEV-003-gic", "BH-DEV-011-gic"]),
    ("Jailhouse", "RAM outside the system", ["BH-MEM-013"]), ("Jailhouse", "a CPU that does not exist", ["BH-CPU-001"]),
    (
      "Xen", "maps another domain's static RAM, Xen's own image or the GIC",
      ["BH-MEM-010", "BH-MEM-011", "BH-DEV-003-gic"]
    ),
    ("Xen", "the same MMIO in two domains, forced", ["BH-DEV-010", "BH-DEV-011"]),
    ("Xen", "a guest address over guest RAM", ["BH-GST-005"]),
    ("Xen", "a device with SPI 0 beside vpl011", ["BH-IRQ-002"]),
    ("Xen", "a ramdisk or partial tree overlapping another module", ["BH-PAY-011", "BH-PAY-011-bss"]),
    ("Xen", "two vCPUs pinned to one CPU under null", ["BH-CPU-002", "BH-CPU-002-names"]),
    ("Xen", "shared memory over guest RAM or the virtual GIC", ["BH-GST-002-channel", "BH-GST-003"]),
    ("Xen", "shared 4 KiB pages", ["BH-DEV-011", "BH-DEV-011-unassigned"]),
    ("Xen", "static memory in a hole between banks", ["BH-MEM-013-end"]),
    ("Xen", "no IOMMU and no force", ["BH-DMA-001"]),
    (
      "Xen", "kernel, tree and initrd that do not fit the first bank",
      ["BH-PAY-007", "BH-PAY-007-initrd", "BH-PAY-007-tree"]
    ),
    ("hvisor", "the hypervisor's own memory inside a domain's RAM", ["BH-MEM-011"]),
    ("hvisor", "zones not checked against each other", ["BH-MEM-010"]),
    ("ACRN", "two VMs on the same host address", ["BH-MEM-010"]),
    ("ACRN", "RAM shortage that leaves a region at address 0", ["BH-MEM-002", "BH-MEM-002-fragmented"]),
    ("ACRN", "hypervisor and VM at one address", ["BH-MEM-011"]),
    ("Microkit", "a mapping of the user's overlapping one the tool made", ["BH-MEM-011", "BH-GST-002-channel"]),
    ("Muen", "a segment that starts inside another, or at the same start", ["BH-PAY-011"]),
    ("Hubris", "an interrupt claimed twice where the second silently wins", ["BH-IRQ-001"]),
    ("Hubris", "a limit checked one too high", ["BH-LIM-001", "BH-LIM-002", "BH-LIM-003", "BH-LIM-004"]),
    ("boards", "beyond the board's physical address size", ["BH-MEM-018"]),
    ("boards", "beyond the guest's", ["BH-GST-006"]), ("boards", "one byte short of a page", ["BH-MEM-016-size"]),
    (
      "guests", "a kernel whose BSS, or whose image_size, reaches past its file and over the device tree or initrd",
      ["BH-PAY-007", "BH-PAY-011-bss"]
    ),
    ("guests", "a big-endian kernel", ["BH-PAY-004"]), ("guests", "a compressed kernel", ["BH-PAY-003"]),
    (
      "guests", "a guest address inside the virtual interrupt controller, console or doorbell",
      ["BH-GST-003", "BH-GST-003-redistributors", "BH-GST-004"]
    ),
    ("boards", "a device node that is disabled", ["BH-DEV-012"]),
    ("boards", "has no registers, has registers on another bus", ["BH-DEV-002", "BH-DEV-003-psci"]),
    ("boards", "has a partial page shared with another", ["BH-DEV-011"]),
    ("boards", "is a bus with children in other domains", ["BH-DEV-010-bus"]),
    ("boards", "a device interrupt equal to a virtual one", ["BH-IRQ-002"]),
    ("boards", "a DMA master without an SMMU, behind a disabled SMMU", ["BH-DMA-001", "BH-DMA-001-disabled"]),
    ("boards", "behind a wrapper that carries the stream for several", ["BH-DMA-003-wrapper"]),
    ("boards", "with a stream shared with another", ["BH-DMA-003"]),
    (
      "boards", "a domain with CPUs of two clusters and a cache colouring that fits one",
      ["BH-COL-003", "BH-COL-003-two-domains"]
    ),
    ("Xen", "colours shared by two domains", ["BH-COL-005", "BH-COL-005-hypervisor"]),
  ].map { Mistake(system: $0.0, quote: $0.1, fixtures: $0.2) }
}
