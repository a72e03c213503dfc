// What reads of a line's fields may answer.
extension InterruptModel {
  /// A field's value where it is certain; nil for pending and active state, which have bounds.
  func field(_ kind: RegisterField.Kind, line: Int, bank: Int, frame: RegisterField.Frame) -> UInt64? {
    let state = self[line, bank]
    switch kind {
    case .group: return state.isOwn && !isGICv2 ? 1 : 0
    case .setEnable, .clearEnable: return state.isOwn && state.isEnabled ? 1 : 0
    case .priority: return state.isOwn ? UInt64(state.priority) : 0
    case .configuration:
      // SGIs are edges; the timers, the only PPIs, are levels.
      return line < 16 || state.isOwn && state.isEdge ? 0b10 : 0
    case .targets:
      if cpus == 1 { return 0 }
      if line < 32 { return 1 << UInt64(bank) }
      return state.isOwn ? UInt64(state.targets.bits) : 0
    case .route: return state.isOwn ? UInt64(state.targets.lowest ?? 0) : 0
    case .clearSenders, .setSenders: return UInt64(state.senders.bits)
    case .setPending, .clearPending, .setActive, .clearActive: return state.isOwn ? nil : 0
    }
  }

  /// What a line's pending bit can be for a CPU that reads it.
  ///
  /// - Parameters:
  ///   - isElsewhere: another CPU has it in hand, where the reader cannot see it.
  ///   - isAsked: an SGI may have been sent to the reader that it was not interrupted for yet.
  func pending(line: Int, bank: Int, reader: Int, isElsewhere: Bool, isAsked: Bool) -> ClosedRange<UInt64> {
    let state = self[line, bank]
    if line < 16, isGICv2 { return (state.senders.isEmpty || isAsked ? 0 : 1)...(state.senders.isEmpty ? 0 : 1) }
    let isSeen = bank == reader && !isElsewhere && !state.isDisturbed
    let must = state.level || isSeen && state.isDue && !(line < 16 && isAsked)
    return (must ? 1 : 0)...(state.isJustified ? 1 : 0)
  }

  /// What its active bit can be.
  func active(line: Int, bank: Int, reader: Int, isElsewhere: Bool) -> ClosedRange<UInt64> {
    let state = self[line, bank]
    let isSeen = state.isPhysical || state.handlers.contains(reader)
    let must = !state.handlers.isEmpty && isSeen && !state.isDisturbed && !state.isJustified
    let may = !state.handlers.isEmpty || state.isForced || state.isDisturbed || isElsewhere && state.isPhysical
    return (must ? 1 : 0)...(may ? 1 : 0)
  }
}
