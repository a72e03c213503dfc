import ImageFormat
import Partition

/// The part of the partition table that restarts are about: restart records, spans to clear, copies to make, steps that
/// reset devices. Each restarting domain takes the next ones of each kind.
struct RestartRecordWriter {
  /// The plan.
  let plan: Plan
  /// Offset of the restart records in the partition table.
  let start: Int

  private var restarts: [(domain: DomainPlan, restart: RestartPlan)] {
    plan.domains.compactMap { domain in domain.restart.map { (domain, $0) } }
  }
  private var spanCount: Int { restarts.map(\.domain.memory.count).reduce(0, +) }
  private var copyCount: Int { restarts.map(\.restart.copies.count).reduce(0, +) }
  private var stepCount: Int { restarts.map(\.restart.steps.count).reduce(0, +) }
  private var spansOffset: Int { start + restarts.count * MemoryLayout<RestartRecord>.stride }
  private var copiesOffset: Int { spansOffset + spanCount * MemoryLayout<MemorySpan>.stride }
  private var stepsOffset: Int { copiesOffset + copyCount * MemoryLayout<MemoryCopy>.stride }

  /// Offset of the first byte behind the records.
  var end: Int { stepsOffset + stepCount * MemoryLayout<ResetStep>.stride }

  /// Counts and offsets for the table's head.
  func appendHead(to bytes: inout [UInt8]) {
    let fields = [
      restarts.count, start, spanCount, spansOffset, copyCount, copiesOffset, stepCount, stepsOffset,
    ]
    for field in fields { bytes.append(littleEndian: UInt32(field)) }
  }

  /// The records; `roots` are those of the restart maps.
  func append(to bytes: inout [UInt8], roots: ArraySlice<UInt64>, histories: [UInt64]) {
    var taken = (spans: 0, copies: 0, steps: 0)
    for ((domain, restart), (root, history)) in zip(restarts, zip(roots, histories)) {
      bytes.append(littleEndian: root)
      bytes.append(littleEndian: restart.window)
      bytes.append(littleEndian: history)
      for field in [
        taken.spans, domain.memory.count, taken.copies, restart.copies.count, taken.steps, restart.steps.count,
      ] {
        bytes.append(littleEndian: UInt32(field))
      }
      taken.spans += domain.memory.count
      taken.copies += restart.copies.count
      taken.steps += restart.steps.count
    }
    for region in restarts.flatMap(\.domain.memory) {
      bytes.append(littleEndian: region.physical.pages.base)
      bytes.append(littleEndian: region.physical.pages.size)
    }
    for (domain, restart) in restarts {
      for copy in restart.copies {
        bytes.append(littleEndian: copy.memory.base)
        bytes.append(littleEndian: domain.payloads[copy.payload].physical.base)
        bytes.append(littleEndian: copy.size)
      }
    }
    for step in restarts.flatMap(\.restart.steps) {
      bytes.append(littleEndian: step.address)
      bytes.append(littleEndian: step.mask)
      bytes.append(littleEndian: step.value)
      bytes.append(littleEndian: step.patience)
    }
  }
}
