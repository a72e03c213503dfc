import TestSupport
import Foundation
import HypervisorCore
import Testing

@Suite struct ByteRingTests {
  @Test func `a ring holds what a queue would, within its capacity`() {
    var random = SeededGenerator(seed: 3)
    let ring = ByteRing<16>()
    var queue: [UInt8] = []
    var held: [UInt8] = []
    for _ in 0..<100_000 {
      switch Int.random(in: 0..<8, using: &random) {
      case 0...2:
        let byte = UInt8.random(in: 0...255, using: &random)
        let fits = queue.count + held.count < 16
        #expect(ring.append(byte) == fits)
        if fits { held.append(byte) }
      case 3:
        ring.publish()
        queue += held
        held = []
      case 4:
        if Int.random(in: 0..<10, using: &random) == 0 {
          ring.unappend()
          held = []
        }
      default:
        #expect(ring.first == queue.first)
        if ring.first != nil {
          ring.removeFirst()
          queue.removeFirst()
        }
      }
      #expect(ring.count == queue.count && ring.heldBack == held.count)
      #expect(ring.room == 16 - queue.count - held.count)
    }
  }

  final class Shared: Sendable { let ring = ByteRing<64>() }

  @Test func `bytes cross between two threads in order`() async {
    let shared = Shared()
    let producer = Task.detached {
      var next: UInt32 = 0
      while next < 200_000 {
        if shared.ring.append(UInt8(truncatingIfNeeded: next)) {
          next += 1
        } else {
          await Task.yield()
        }
        if next % 7 == 0 || shared.ring.room == 0 { shared.ring.publish() }
      }
      shared.ring.publish()
    }
    var taken: UInt32 = 0
    var isOrdered = true
    while taken < 200_000 {
      guard let byte = shared.ring.first else {
        await Task.yield()
        continue
      }
      isOrdered = isOrdered && byte == UInt8(truncatingIfNeeded: taken)
      shared.ring.removeFirst()
      taken += 1
    }
    await producer.value
    #expect(isOrdered && shared.ring.count == 0)
  }
}
