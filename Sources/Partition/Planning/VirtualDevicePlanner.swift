import Board
import Diagnostics
import Manifest
import Ownership

/// Chooses guest addresses and INTIDs of a domain's virtual devices.
///
/// Their pages lie where neither the board nor the domain has anything: the lowest such pages from the distributor on. Their
/// lines are in one word of INTIDs with the console's, or in the highest word that has room: lines that the domain does
/// not own, and rather such that no device of the board has.
struct VirtualDevicePlanner {
  /// The board.
  let board: Board
  /// Guest addresses that are taken by memory: the board's RAM, and the domain's where it sees it.
  let memory: [AddressRange]
  /// The domain's interrupt controller, console and assigned devices.
  let controller: VirtualInterruptController
  let console: VirtualConsole?
  let devices: [DeviceDraft]

  /// Bits of a word.
  private static let wordSize: UInt32 = 32
  /// SPIs end below this INTID (Arm IHI 0069, 2.2.1).
  private static let endOfLines: UInt32 = 1020

  /// Places the devices; `nil` if there are not enough lines or pages.
  func place(_ requests: [VirtualDeviceRequest]) -> [VirtualDevice]? {
    guard var lines = lines(requests.filter(\.hasLine).count)?[...] else { return nil }
    var free = freePages
    var placed: [VirtualDevice] = []
    for request in requests {
      var registers = request.place
      if registers == nil, request.size > 0 {
        guard let range = lowest(request.size, in: free) else { return nil }
        free.remove(range)
        registers = range
      }
      placed.append(
        VirtualDevice(
          kind: request.kind, name: request.name, registers: registers,
          intid: request.hasLine ? lines.popFirst() : nil))
    }
    return placed
  }

  /// `count` lines of one word; the console's word if there is one.
  private func lines(_ count: Int) -> [UInt32]? {
    if count == 0 { return [] }
    let own = Set(devices.flatMap(\.assignment.device.interrupts).map(\.intid) + [console?.intid].compactMap { $0 })
    let board = Set(board.devices.flatMap(\.interrupts).map(\.intid))
    let words = console.map { [$0.intid / Self.wordSize] } ?? Array((1..<Self.wordSize).reversed())
    for word in words {
      let all = (word * Self.wordSize..<(word + 1) * Self.wordSize).filter { $0 < Self.endOfLines && !own.contains($0) }
      if all.count < count { continue }
      return Array((all.filter { !board.contains($0) } + all.filter(board.contains)).prefix(count))
    }
    return nil
  }

  /// Guest addresses below 4 GiB where nothing is.
  private var freePages: AddressSet {
    var free = AddressSet([AddressRange(base: 0x1_0000, last: 0xFFFF_FFFF)].compactMap { $0 })
    for device in board.devices { for range in device.registers + device.pciWindows { free.remove(range.pages) } }
    for range in (board.interruptController?.windows ?? []) + controller.windows + memory { free.remove(range.pages) }
    for range in board.reservedMemory.compactMap(\.range) { free.remove(range.pages) }
    if let console, let page = AddressRange(base: console.base, size: Granule.page) { free.remove(page) }
    return free
  }

  private func lowest(_ size: UInt64, in free: AddressSet) -> AddressRange? {
    let behind = free.runs.filter { $0.last >= controller.distributor.base && $0.size >= size }
    let run = behind.first { max($0.base, controller.distributor.base) <= $0.last - (size - 1) }
    if let run { return AddressRange(base: max(run.base, controller.distributor.base), size: size) }
    return free.runs.first { $0.size >= size }.flatMap { AddressRange(base: $0.base, size: size) }
  }
}
