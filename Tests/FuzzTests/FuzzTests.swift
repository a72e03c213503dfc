import Foundation
import FuzzTargets
import TestSupport
import Testing

/// Every seed and every case once found, through the same functions as the fuzzer's inputs.
@Suite struct FuzzTests {
  static let folder = URL(fileURLWithPath: Repository.root + "/Tests/Fuzz")

  /// Files below a folder of one target, sorted; none where there is no such folder.
  static func files(_ kind: String, _ target: String) -> [URL] {
    let folder = folder.appendingPathComponent(kind).appendingPathComponent(target)
    let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    return files.sorted { $0.path < $1.path }
  }

  @Test("no seed and no case once found breaks its target", arguments: FuzzTarget.all.map(\.name))
  func inputs(name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let seeds = Self.files("Seeds", name)
    #expect(!seeds.isEmpty)
    for file in seeds + Self.files("Found", name) {
      let input = [UInt8](try Data(contentsOf: file))
      #expect(throws: Never.self, "\(file.lastPathComponent)") { try target.run(input) }
    }
  }

  @Test("every folder of inputs belongs to a target")
  func folders() throws {
    for kind in ["Seeds", "Found"] {
      let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.appendingPathComponent(kind).path)
      for name in names where !name.hasPrefix(".") {
        #expect(FuzzTarget.all.contains { $0.name == name }, "\(kind)/\(name)")
      }
    }
  }

  @Test("every target takes an empty input and random ones", arguments: FuzzTarget.all.map(\.name))
  func random(name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    var generator = SeededGenerator(seed: 4)
    try target.run([])
    for _ in 0..<20 {
      let count = Int.random(in: 1...64, using: &generator)
      try target.run((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }
  }
}
