import Diagnostics
import Ownership

/// Every word of every stream table is exactly what it has to be.
enum StreamTablesExact: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-150", title: "stream tables lead the assigned streams to their domains, and no other anywhere",
    requirement:
      "Every entry of a stream table shall be zero, so that its stream's transactions are refused and recorded, or be that of "
      + "an assigned stream: stage 2 alone, with the root, the VMID and the translation controls of its domain's DMA tables, "
      + "faults recorded and not stalled, no translated transactions of a device. First-level descriptors shall lead "
      + "assigned streams to their entries and be zero otherwise, and the table shall be no larger than needed.",
    hazard: "A device's DMA passes untranslated, or reaches another domain's memory.",
    applicability: "Images with an SMMU that the hypervisor programs.",
    example: "bulkhead verify build/dma   # STE.Config of stream 0x8 says bypass")

  /// Entries of a table, words of an entry.
  private static let (entries, words) = (64, 8)

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = CappedFindings(description)
    var examined = 0
    for table in system.streamTables {
      examined += table.descriptors.count + table.entryPages.count * entries
      checkFormat(table, &findings)
      checkFirstLevel(table, &findings)
      checkEntries(table, system, context, &findings)
    }
    return ClaimOutcome(description, examined: examined, "stream table entries", findings: findings.all)
  }

  /// SMMU_STRTAB_BASE_CFG (Arm IHI 0070F.b, 6.3.25): LOG2SIZE in bits 5:0, SPLIT in bits 10:6, FMT in bits 17:16.
  private static func checkFormat(_ table: StreamTableReading, _ findings: inout CappedFindings) {
    let highest = table.record.streams.map { $0.id | $0.mask }.max() ?? 0
    let bits = max(6, UInt32.bitWidth - highest.leadingZeroBitCount)
    let format = UInt32(bits) | (bits == 6 ? 0 : 6 << 6 | 0b01 << 16)
    if table.record.format != format {
      findings.add(
        wrong(
          table,
          "has the format \(UInt64(table.record.format).hexadecimal), and its streams up to "
            + "\(UInt64(highest).hexadecimal) need \(UInt64(format).hexadecimal)", at: table.record.streamTable))
    }
    if bits == 6, table.entryPages.map(\.base) != [table.record.streamTable] {
      findings.add(
        wrong(table, "is linear, and its entries stand elsewhere", at: table.record.streamTable))
    }
  }

  /// L2Ptr in bits 51:6 and Span in bits 4:0 (5.1): 7 for 64 entries.
  private static func checkFirstLevel(_ table: StreamTableReading, _ findings: inout CappedFindings) {
    guard let place = table.firstLevel else { return }
    var expected = [UInt64](repeating: 0, count: table.descriptors.count)
    for stream in table.record.streams {
      for group in Int(stream.id) / entries...Int(stream.id | stream.mask) / entries where group < expected.count {
        if expected[group] != 0, expected[group] != stream.page | 7 {
          findings.add(wrong(table, "has two tables for ids from \(group * entries) on", at: place.base))
        }
        expected[group] = stream.page | 7
      }
    }
    for (index, descriptor) in table.descriptors.enumerated() where descriptor != expected[index] {
      findings.add(
        wrong(
          table,
          "has the first-level descriptor \(descriptor.hexadecimal) for ids from \(index * entries) on, which "
            + "should be \(expected[index].hexadecimal)", at: place.base + UInt64(index) * 8))
    }
  }

  private static func checkEntries(
    _ table: StreamTableReading, _ system: FinishedSystem, _ context: VerificationContext,
    _ findings: inout CappedFindings
  ) {
    var expected = Dictionary(
      table.entryPages.map { ($0.base, [UInt64](repeating: 0, count: entries * words)) },
      uniquingKeysWith: { first, _ in first })
    for stream in table.record.streams {
      guard let dma = system.domains[stream.domain].dma else { continue }
      let bits = TranslationRegisters.inputBits(of: dma)
      let control = TranslationRegisters.vtcr(
        inputBits: bits, startLevel: bits > 43 ? 0 : 1, outputSize: context.hardware.outputSize)
      let entry = StreamEntryBits.words(
        identifier: UInt64(stream.domain + 1), control: control, root: dma.root.base)
      let first = Int(stream.entries & 4095) / 64
      for index in first..<min(entries, first + Int(stream.entryCount)) {
        expected[stream.page]?.replaceSubrange(index * words..<(index + 1) * words, with: entry)
      }
    }
    for page in table.entryPages {
      let found = table.words[page.base] ?? []
      for (index, word) in (expected[page.base] ?? []).enumerated() where index >= found.count || found[index] != word {
        let value = index < found.count ? found[index].hexadecimal : "missing"
        findings.add(
          wrong(
            table,
            "has word \(index % words) of entry \(index / words) as \(value), which should be \(word.hexadecimal)",
            at: page.base + UInt64(index) * 8))
      }
    }
  }

  private static func wrong(_ table: StreamTableReading, _ words: String, at place: UInt64) -> Finding {
    Finding(
      description, .error, "the stream table of the SMMU at \(table.record.registers.hexadecimal) \(words)",
      subjects: ["hypervisor"], resource: ResourceReference(.memory, place.hexadecimal), help: VerifierRules.rebuild)
  }
}
