import Testing

@testable import Board

/// Nodes that no manifest gives to a domain.
@Suite struct UnassignableNodeTests {
  @Test(arguments: ["arm,gic-400", "arm,armv7-timer-mem", "brcm,bcm2836-l1-intc", "arm,mmu-500"])
  func `what reaches every CPU's interrupts, timer or memory is nobody's`(compatible: String) {
    #expect(UnassignableNode.role(ofCompatible: compatible) != nil)
  }

  @Test(arguments: ["brcm,bcm2835-aux-uart", "arm,pl011", "brcm,bcm2836-armctrl-ic"])
  func `a device of its own is not`(compatible: String) {
    #expect(UnassignableNode.role(ofCompatible: compatible) == nil)
  }
}
