import DeviceTree
import DomainTree
import Foundation
import PlanFixtures

@testable import Image

/// A plan built into images with the synthetic runtime.
struct BuildFixture {
  let fixture: PlanFixture
  let hypervisor: HypervisorImage
  let set: ImageSet

  init(
    _ manifest: String, runtime: SyntheticRuntime = SyntheticRuntime(), tree: DeviceTree? = nil, fit: FITOptions? = nil
  )
    throws
  {
    fixture = try PlanFixture(manifest, tree: tree)
    let plan = fixture.plan
    let runtime = try Runtime(elf: runtime.bytes, file: "hypervisor.elf")
    let trees = try plan.domains.map { try DomainTreeWriter.tree(for: $0, in: plan) }
    hypervisor = try HypervisorImage(plan: plan, runtime: runtime)
    set = try ImageBuilder(
      plan: plan, runtime: runtime, trees: trees, manifest: Array(fixture.text.utf8), fit: fit
    ).build()
  }

  /// The bytes of one of the files, payloads read from where they are.
  func bytes(_ name: String) throws -> [UInt8]? {
    try set.files.first { $0.name == name }.map { try Self.bytes(of: $0) }
  }

  /// The bytes of a file, payloads read from where they are.
  static func bytes(of file: ImageFile) throws -> [UInt8] {
    try file.contents.parts.flatMap { part -> [UInt8] in
      switch part {
      case .bytes(let bytes): return bytes
      case .zeros(let count): return [UInt8](repeating: 0, count: Int(count))
      case .file(let path, let offset, let count):
        return Array(try Data(contentsOf: URL(filePath: path)).dropFirst(Int(offset)).prefix(Int(count)))
      }
    }
  }

  /// Every file below a folder, by its path in there.
  static func contents(of folder: String) throws -> [String: Data] {
    var result: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder), !isFolder.boolValue
      else { continue }
      result[name] = try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
    }
    return result
  }
}
