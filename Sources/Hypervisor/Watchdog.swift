import HypervisorCore
import HypervisorEntry
import ImageFormat

/// The watchdog of the domain whose first CPU this is.
enum Watchdog {
  /// Before each run of the domain.
  static func start(_ virtualCPU: VirtualCPU<Machine>) { virtualCPU.startWatchdog(frequency: read_cntfrq_el0()) }

  /// EL2's timer expired for it: the domain is warned, or its run ends.
  static func expired() {
    guard let virtualCPU = VirtualCPU(hardware: Machine(), cpu: Current.cpu),
      let end = virtualCPU.watchdogExpired()
    else { return }
    let parameter = virtualCPU.partition.virtualDevice(virtualCPU.domain.record.watchdog).parameter
    let report = Current.report
    report.name(of: virtualCPU.domain)
    switch end {
    case .neverStarted:
      report.text(" did not start its watchdog within ")
      report.decimal((parameter >> 32) / 1000)
    case .notRefreshed:
      report.text(" did not refresh its watchdog for ")
      report.decimal((parameter & 0xFFFF_FFFF) / 1000)
    }
    report.text(" ms")
    report.send()
    Health.record(.watchdog, virtualCPU, address: parameter & 0xFFFF_FFFF, pc: read_elr_el2())
    Lifecycle.domainEnded(virtualCPU.domain, .watchdog)
  }
}
