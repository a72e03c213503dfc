import GuestSupport
import HostileSupport

/// Looks, as the reader of the shared page, whether the victim's heart still beats.
struct VictimWatch {
  let surroundings: Surroundings

  /// The attempt is to silence it by everything that went before: three beats within ten seconds say that it failed.
  func look(_ name: StaticString, _ report: inout Report) {
    report.attempt(name, .victim) { tally in
      let until = guest_counter() + 10 * guest_counter_frequency()
      while heartbeats == nil, guest_counter() < until {}
      guard let heartbeats else { return }
      while guest_counter() < until, self.heartbeats.map({ $0 &- heartbeats >= 3 }) != true {}
      let now = self.heartbeats ?? heartbeats
      tally.expect(now &- heartbeats >= 3, value: UInt64(now), at: 0)
    }
  }

  /// The word at 12 of the page (ClusterGuest, TelemetryPage); `nil` without a channel that the victim has begun to use.
  private var heartbeats: UInt32? {
    guard let channel = surroundings.channel, guest_load32(channel.base) == 0x5445_4C45 else { return nil }
    return guest_load32(channel.base + 12)
  }
}
