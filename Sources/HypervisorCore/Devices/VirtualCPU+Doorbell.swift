import ImageFormat

// A doorbell page: whatever is written anywhere in it rings, and reads are zero.
extension VirtualCPU {
  /// Pulses the line of every listener. Their records follow one another by index, so that there is an end.
  func ring(_ doorbell: VirtualDeviceRecord) {
    var next = doorbell.peer
    for _ in 0..<partition.table.domainCount {
      if next >= partition.table.virtualDeviceCount { return }
      let listener = partition.virtualDevice(next)
      partition.domainHandle(listener.domain).pulse(listener.intid, through: hardware)
      next = listener.peer
    }
  }
}
