import Foundation
import Ownership

/// Holds the pieces that a domain has for one purpose against the files that the manifest names for it.
struct PayloadComparison {
  /// What does not fit, one sentence each.
  private(set) var objections: [String] = []

  private static let block: UInt64 = 2 << 20
  private let domain: FinishedDomain

  /// Compares.
  init(domain: FinishedDomain, files: [ExpectedPayloads.File], payloads: [GuestPayload], memory: MemoryImage) {
    self.domain = domain
    var open = payloads
    for file in files {
      if let fault = file.fault {
        objections.append("\(words(file)) \(fault)")
        continue
      }
      for part in file.parts {
        guard let index = place(of: part, among: open, memory) else {
          objections.append("\(words(file)): \(part.bytes.count) bytes\(address(part)) are in no piece of the load map")
          continue
        }
        compare(part, of: file, with: open.remove(at: index), memory)
      }
    }
    objections += open.map { "\($0.words) at \($0.place) is no file that the manifest names" }
  }

  private func words(_ file: ExpectedPayloads.File) -> String {
    "the \(file.role) \(file.name) of domain \(file.domain)"
  }

  private func address(_ part: ExpectedPayloads.Part) -> String {
    part.guest.map { " for the guest address \($0.hexadecimal)" } ?? ""
  }

  /// The piece for a part: at its guest address; of several without one, the first that has its bytes.
  private func place(
    of part: ExpectedPayloads.Part, among payloads: [GuestPayload], _ memory: MemoryImage
  ) -> Int? {
    if let guest = part.guest {
      let physical = domain.stage2.run(at: guest)?.output(of: guest)
      return payloads.firstIndex { $0.runs.first?.base == physical }
    }
    guard payloads.count > 1 else { return payloads.indices.first }
    return payloads.firstIndex { memory.firstDifference(from: part.bytes, in: $0.runs) == nil } ?? 0
  }

  private mutating func compare(
    _ part: ExpectedPayloads.Part, of file: ExpectedPayloads.File, with payload: GuestPayload, _ memory: MemoryImage
  ) {
    let who = "\(words(file)) at \(payload.place)"
    let size = UInt64(part.bytes.count)
    if payload.size != size {
      objections.append("\(who) has \(payload.size) bytes by the load map, and \(size) in the file")
    }
    if payload.memorySize < part.memorySize {
      objections.append("\(who) needs \(part.memorySize) bytes of memory, more than the load map gives it")
    }
    if let (offset, address) = memory.firstDifference(from: part.bytes, in: payload.runs) {
      objections.append("\(who) differs from the file in byte \(offset) (\(address.hexadecimal))")
    }
    let guest = payload.guest?.base
    if let distance = part.offsetInBlock, guest.map({ $0 % Self.block != distance % Self.block }) ?? true {
      objections.append("\(who) is not \(distance.hexadecimal) above a multiple of 2 MiB, where an arm64 Image belongs")
    }
    checkEntry(file, guest, who)
  }

  private mutating func checkEntry(_ file: ExpectedPayloads.File, _ guest: UInt64?, _ who: String) {
    let wanted: UInt64?
    switch file.entry {
    case .address(let address): wanted = address
    case .firstByte: wanted = guest
    case nil: return
    }
    guard wanted != domain.record.entry else { return }
    objections.append(
      "\(who) starts at the guest address \(wanted.map(\.hexadecimal) ?? "that it does not have"), and the record says "
        + domain.record.entry.hexadecimal)
  }
}

extension MemoryImage {
  /// The first byte in which memory in some runs, one behind the other, differs from `bytes`: its offset and its address;
  /// `nil` if it is the same. What does not fit into the runs differs.
  fileprivate func firstDifference(from bytes: Data, in runs: [AddressRange]) -> (offset: UInt64, address: UInt64)? {
    var done: UInt64 = 0
    for run in runs {
      let part = bytes.dropFirst(Int(clamping: done)).prefix(Int(clamping: run.size))
      if let offset = firstDifference(from: part, at: run.base) { return (done &+ offset, run.base &+ offset) }
      done &+= UInt64(part.count)
    }
    return done < UInt64(bytes.count) ? (done, runs.last?.end ?? 0) : nil
  }
}
