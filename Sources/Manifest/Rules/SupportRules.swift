import Diagnostics

/// The rules on what a manifest can say already and a backend cannot do yet; `Support.gaps` says where each applies.
public enum SupportRules {
  /// Every rule, by id.
  public static let all: [RuleDescription] = Support.gaps.map(\.rule).sorted { $0.id < $1.id }

  static let xen = RuleDescription(
    "BH-SUP-001", title: "not supported yet: backend: xen",
    requirement: "The images shall be for Bulkhead's own hypervisor.",
    hazard: "No Xen configuration is written yet; a board would start without any domain.",
    applicability: "`backend`.",
    example: "backend: xen")

  static let virtioBlock = RuleDescription(
    "BH-SUP-003", title: "not supported yet: virtio-block channels",
    requirement: "A channel shall not be of kind `virtio-block`.",
    hazard: "The client would look for a disk that nobody serves.",
    applicability: "`channels:`.",
    example: "channels:\n  disk: { kind: virtio-block, server: a, client: b, size: 1 MiB }")

  static let bandwidth = RuleDescription(
    "BH-SUP-010", title: "not supported yet: memory bandwidth",
    requirement: "A domain shall not ask for a bandwidth.",
    hazard: "A domain could saturate the memory bus, where the others' timing analysis says "
      + "that it cannot.",
    applicability:
      "`bandwidth:` of a domain. A budget is kept by counting the memory traffic of a CPU (PMU events BUS_ACCESS or "
      + "L2D_CACHE_REFILL) and stopping it when it is spent; no CPU that QEMU emulates has these events, so that nothing of it "
      + "could be tried.",
    example: "domains:\n  a: { bandwidth: 200 MB/s, cpus: [0], memory: 64 MiB }")
}
