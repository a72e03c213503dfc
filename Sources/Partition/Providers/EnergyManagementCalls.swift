import DeviceTree

/// The calls of Xilinx's EEMI that a domain's devices need.
///
/// A call's function id is 0xC2000000 and the number of the API function; the first argument, which for everything that
/// has an effect names the object, is the low half of x1 (Linux, drivers/firmware/xilinx/zynqmp.c; the numbers are `enum
/// pm_api_id` of include/linux/firmware/xlnx-zynqmp.h, and Xilinx UG1200).
enum EnergyManagementCalls {
  /// Calls without any effect: versions and features (0, 1, 63), a node's status (3), the state of a reset line (18), the
  /// chip's id (24), a pin's function and parameters (30, 32), queries (35), a clock's state, divider, rate and parent (38,
  /// 40, 42, 44), TrustZone's version (0xa03).
  private static let questions: [UInt32] = [0, 1, 3, 18, 24, 30, 32, 35, 38, 40, 42, 44, 63, 0xa03]
  /// Request, release and requirement of a node.
  private static let power: ClosedRange<UInt32> = 13...15
  /// Assert a reset line.
  private static let reset: ClosedRange<UInt32> = 17...17
  /// Request and release a pin, its function and its parameters.
  private static let pins: ClosedRange<UInt32> = 28...33
  /// Enable and disable a clock, its state, divider, rate and parent.
  private static let clocks: ClosedRange<UInt32> = 36...44
  /// Control of a device, `PM_IOCTL`.
  private static let control: UInt32 = 34
  /// Controls whose object is the node in the first argument (`enum pm_ioctl_id`): an SD controller's DLL, its taps, SD
  /// and Ethernet configuration. Others take their object from further arguments and are not let through.
  private static let nodeControls: [UInt64] = [6, 7, 30, 31]

  /// The calls for references of one domain's devices to nodes of the interface.
  static func calls(for uses: [ProviderUse], on tree: DeviceTree) -> [FirmwareCall] {
    guard !uses.isEmpty else { return [] }
    var calls = questions.map { FirmwareCall(functions: function($0)...function($0)) }
    for use in uses {
      let ids = objects(of: use, on: tree)
      calls += ids.flatMap { Self.calls(for: $0) }
    }
    return calls.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }.sorted()
  }

  private static func calls(for object: FirmwareObject) -> [FirmwareCall] {
    let range =
      switch object.kind {
      case .clock: clocks
      case .reset: reset
      case .power: power
      case .pin: pins
      }
    let calls = [
      FirmwareCall(
        functions: function(range.lowerBound)...function(range.upperBound), mask: object.mask, value: object.value)
    ]
    guard object.kind == .power else { return calls }
    return calls
      + nodeControls.map {
        FirmwareCall(
          functions: function(control)...function(control), mask: .max, value: $0 << 32 | UInt64(object.number))
      }
  }

  private static func function(_ number: UInt32) -> UInt32 { 0xC200_0000 | number }

  /// What a reference asks the firmware for.
  static func objects(of use: ProviderUse, on tree: DeviceTree) -> [FirmwareObject] {
    let reference = use.reference
    let target = tree.node(at: reference.to)
    let isVersal =
      FirmwareTransport.of(reference.to, on: tree).flatMap { tree.node(at: $0.interface) }?
      .compatible.contains("xlnx,versal-firmware") ?? false
    switch reference.kind {
    case .clock where reference.property != "assigned-clock-parents":
      return reference.specifier.first.map { [FirmwareObject(clock: $0, isVersal: isVersal)] } ?? []
    case .reset:
      // Lines of the ZynqMP count from 1000 in the firmware and from 0 in its trees (`ZYNQMP_PM_RESET_START`).
      let first: UInt32 = target?.compatible.contains("xlnx,zynqmp-reset") == true ? 1000 : 0
      return reference.specifier.first.map { [FirmwareObject(.reset, number: first &+ $0)] } ?? []
    case .powerDomain:
      return reference.specifier.first.map { [FirmwareObject(.power, number: $0)] } ?? []
    case .bus:
      guard let state = tree.node(at: reference.from), isKnownPins(target) else { return [] }
      return PinGroups.pins(of: state, on: tree).known.map { FirmwareObject(.pin, number: $0) }
    default: return []
    }
  }

  /// Whether a node is the interface's pin controller.
  static func isPins(_ node: Node?) -> Bool {
    node?.compatible.contains { $0 == zynqPins || $0 == "xlnx,versal-pinctrl" } ?? false
  }

  /// Whether it is one whose groups of pins are known.
  static func isKnownPins(_ node: Node?) -> Bool { node?.compatible.contains(zynqPins) ?? false }

  private static let zynqPins = "xlnx,zynqmp-pinctrl"
}
