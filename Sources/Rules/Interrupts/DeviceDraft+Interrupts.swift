import Partition

extension DeviceDraft {
  /// INTIDs of the device's shared peripheral interrupts, each once, ascending.
  var sharedInterrupts: [UInt32] {
    Set(assignment.device.interrupts.filter { $0.kind == .shared }.map(\.intid)).sorted()
  }

  /// INTIDs of the device's private peripheral interrupts, each once, ascending.
  var privateInterrupts: [UInt32] {
    Set(assignment.device.interrupts.filter { $0.kind == .private }.map(\.intid)).sorted()
  }
}
