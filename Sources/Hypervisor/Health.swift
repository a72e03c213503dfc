import HypervisorCore
import HypervisorEntry
import ImageFormat

/// What EL2 publishes of its domains. Every call does nothing where no domain may read the page.
enum Health {
  static var page: HealthPage<Machine>? { HealthPage(hardware: Machine(), partition: Current.cpu.partition) }

  /// Once, before any domain runs.
  static func begin() { page?.begin(frequency: read_cntfrq_el0()) }

  /// A domain's state changes.
  @inline(never)
  static func enter(_ state: HealthState, _ domain: DomainHandle) { page?.enter(state, domain) }

  /// Something on this CPU of a domain ends the domain's run.
  @inline(never)
  static func record(_ fault: HealthFault, _ virtualCPU: VirtualCPU<Machine>, address: UInt64, pc: UInt64) {
    page?.record(fault, virtualCPU.domain, address: address, pc: pc, cpu: virtualCPU.index)
  }

  /// EL2 refused a domain something.
  @inline(never)
  static func refused(_ domain: DomainHandle) { page?.refused(domain) }
}
