/// Words of a closed list, as an enumeration declares them.
protocol Word: RawRepresentable, CaseIterable, Sendable where RawValue == String {}

extension Backend: Word {}
extension ChannelForm: Word {}
extension ChannelKind: Word {}
extension ConsoleKind: Word {}
extension Criticality: Word {}
extension FaultReaction: Word {}
extension InterruptDelivery: Word {}
