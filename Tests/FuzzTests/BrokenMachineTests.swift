import Foundation
import HypervisorCore

import Testing

@testable import FuzzTargets
@testable import HypervisorModel

/// The models notice when something is wrong: on machines that are, the same seeds end in a mismatch.
@Suite struct BrokenMachineTests {
  /// Interrupts of one SPI get lost on their way to the domain.
  final class ForgetfulCPU: AnyModelCPU, Hardware {
    static var isGICv2: Bool { false }
    override func setListRegister(_ index: Int, _ value: UInt64) {
      if UInt32(truncatingIfNeeded: value) != 41 { super.setListRegister(index, value) }
    }
  }

  /// Every interrupt comes with the most urgent priority.
  final class HastyCPU: AnyModelCPU, Hardware {
    static var isGICv2: Bool { false }
    override func setListRegister(_ index: Int, _ value: UInt64) {
      super.setListRegister(index, value & ~(0xFF << 48))
    }
  }

  /// A store changes the neighbouring line too.
  final class CarelessCPU: AnyModelCPU, Hardware {
    static var isGICv2: Bool { true }
    override func store32(_ address: UInt64, _ value: UInt32) {
      super.store32(address, address & 0x7F == 4 ? value | value << 1 : value)
    }
  }

  /// The same on a GICv3.
  final class CarelessDirectCPU: AnyModelCPU, Hardware {
    static var isGICv2: Bool { false }
    override func store32(_ address: UInt64, _ value: UInt32) {
      super.store32(address, address & 0x7F == 4 ? value | value << 1 : value)
    }
  }

  static func mismatches(_ target: String, _ run: ([UInt8]) throws -> Void) throws -> [String] {
    try FuzzTests.files("Seeds", target).compactMap { file in
      do { try run([UInt8](try Data(contentsOf: file))) } catch let error as Mismatch { return error.description }
      return nil
    }
  }

  @Test("a lost interrupt is noticed")
  func lost() throws {
    let found = try Self.mismatches("interrupts-gicv3", InterruptTrial<ForgetfulCPU>.run)
    #expect(found.contains { $0.contains("line 41 was never delivered") })
  }

  @Test("a wrong order is noticed")
  func order() throws {
    let found = try Self.mismatches("interrupts-gicv3", InterruptTrial<HastyCPU>.run)
    #expect(found.contains { $0.contains("before line") })
  }

  @Test("a store to another domain's line is noticed where interrupts are direct")
  func foreignDirect() throws {
    let found = try Self.mismatches("interrupts-direct", DirectTrial<CarelessDirectCPU>.run)
    #expect(found.contains { $0.contains("line 42 ") })
  }

  @Test("a store to another domain's line is noticed")
  func foreign() throws {
    let found = try Self.mismatches("interrupts-gicv2", InterruptTrial<CarelessCPU>.run)
    #expect(found.contains { $0.contains("which is not the domain's") })
  }
}
