import ImageFormat

// A doorbell page: whatever is written anywhere in it rings, and reads are zero.
extension VirtualCPU {
  /// Rings at every listener. Their records follow one another by index, so that there is an end.
  ///
  /// - Parameter peer: the one listener to ring at, from 1; `nil` for all.
  func ring(_ doorbell: VirtualDeviceRecord, only peer: UInt16? = nil) {
    var next = doorbell.peer
    for index in 0..<partition.table.domainCount {
      if next >= partition.table.virtualDeviceCount { return }
      let listener = partition.virtualDevice(next)
      if peer == nil || peer.map(UInt32.init) == index &+ 1 { tell(listener) }
      next = listener.peer
    }
  }

  /// A listener that is a line is pulsed; a PCI function keeps the ring, and asserts its line if it may.
  private func tell(_ listener: VirtualDeviceRecord) {
    let owner = partition.domainHandle(listener.domain)
    if let function = listener.functionState {
      if function.state.ring(), function.state.interrupt {
        owner.setLevel(listener.intid, true, through: hardware)
      }
    } else {
      owner.pulse(listener.intid, through: hardware)
    }
  }
}
