import ImageFormat

extension PartitionHandle {
  /// Resets the PCI functions of a domain that starts anew, before its lines are: a peer that rings later finds interrupts
  /// masked.
  public func resetFunctions(of domain: DomainHandle) {
    let first = domain.record.firstVirtualDevice
    for index in first..<first &+ domain.record.virtualDeviceCount {
      virtualDevice(index).functionState?.state.reset()
    }
  }
}
