import ArgumentParser
import BulkheadKit

@main
struct Bulkhead: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bulkhead", abstract: "Divides an Arm64 board among domains and proves that nothing overlaps.")
}
