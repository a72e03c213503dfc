import HypervisorCore
import HypervisorEntry
import ImageFormat

/// DMA faults in words.
enum DMAReport {
  /// `NAME: DMA of stream 0x8, write to 0x40000000: not the domain's`
  static func refusal(_ event: SMMUEvent, _ finding: FaultFinding, _ smmu: SMMUHandle<Machine>) {
    let report = Current.report
    name(finding, report)
    report.text(": DMA of stream ")
    report.hexadecimal(UInt64(event.stream))
    if event.hasNoEntry {
      report.text(", which no domain has")
    } else {
      report.text(event.isRead ? ", read of " : ", write to ")
      report.hexadecimal(event.address)
      report.text(event.isRefusal ? ", not the domain's" : ", failed with event ")
      if !event.isRefusal { report.hexadecimal(UInt64(event.number)) }
    }
    report.text("; refused by the SMMU")
    if finding.count == FaultTally.reported { report.text(" (further ones are counted, not reported)") }
    report.send()
  }

  static func flood(_ finding: FaultFinding, _ smmu: SMMUHandle<Machine>) {
    let report = Current.report
    name(finding, report)
    report.text(": more than ")
    report.decimal(UInt64(FaultTally.tolerated))
    report.text(" refused DMA accesses within a second; ")
    report.text(finding.domain == nil ? "faults of this SMMU are not looked at any more" : "its DMA is stopped")
    report.send()
  }

  /// What the domain's devices were refused in all; nothing if that is nothing.
  static func sum(of domain: DomainHandle) {
    Streams.forEach { smmu in
      let count = smmu.state.tallies[Int(domain.index)].count
      if count == 0 { return }
      let report = Current.report
      report.name(of: domain)
      report.text(": ")
      report.decimal(UInt64(count))
      report.text(count == 1 ? " refused DMA access in all" : " refused DMA accesses in all")
      report.send()
    }
  }

  static func errors(_ errors: UInt32, _ smmu: SMMUHandle<Machine>) {
    let report = Current.report
    report.text("the SMMU at ")
    report.hexadecimal(smmu.record.registers)
    report.text(" reports ")
    // EVTQ_ABT_ERR (Arm IHI 0070F.b, 6.3.18), which a full queue is in QEMU's model.
    report.text(errors == 1 << 2 ? "that events were lost, error " : "error ")
    report.hexadecimal(UInt64(errors))
    report.send()
  }

  private static func name(_ finding: FaultFinding, _ report: Report<Machine>) {
    if let domain = finding.domain {
      report.name(of: Current.cpu.partition.domainHandle(domain))
    } else {
      report.text("nobody")
    }
  }
}
