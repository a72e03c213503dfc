import BulkheadKit
import Foundation
import TestSupport
import Testing

/// The demonstration built with a FIT image, to be tampered with.
final class BootChainOutput {
  let folder: String
  let plan: Plan
  let loadMap: LoadMap
  private let scratch: Scratch

  /// Builds it, signed with a new key of that name if there is one.
  init(key: String? = nil) throws {
    scratch = try Scratch()
    folder = scratch.path + "/out"
    let keys = scratch.path
    let signing = try key.map { name in
      try Self.makeKey(name, in: keys)
      return try SigningKey("\(keys):\(name)")
    }
    let build = Build(project: Repository.project, fit: FITOptions(key: signing))
      .run(manifest: Repository.cockpit, into: folder)
    plan = try #require(build.check.plan, "\(build.check.findings)")
    loadMap = try #require(build.loadMap)
  }

  /// The system as it lies there now.
  var system: EmulatedSystem { EmulatedSystem(folder: OutputFolder(folder, loadMap: loadMap), plan: plan) }

  private var image: String { "\(folder)/u-boot/system.itb" }

  /// Flips one bit in the middle of the second domain's kernel in the FIT image.
  ///
  /// With `hashesAnew` the hash of that piece becomes the one of the changed bytes, as an attacker would have it.
  func flipByteOfKernel(hashesAnew: Bool = false) throws {
    var kernel = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/payloads/infotainment-kernel.bin"))
    var bytes = try Data(contentsOf: URL(fileURLWithPath: image))
    // The pristine copy for restarts stands before it.
    let place = try #require(bytes.range(of: kernel, options: .backwards))
    let old = try Self.digest(kernel)
    kernel[kernel.count / 2] ^= 0x10
    bytes.replaceSubrange(place, with: kernel)
    if hashesAnew {
      let hash = try #require(bytes.range(of: old, options: .backwards))
      bytes.replaceSubrange(hash, with: try Self.digest(kernel))
    }
    try bytes.write(to: URL(fileURLWithPath: image))
  }

  /// Gives U-Boot the public key of another build.
  func takeControlTree(of other: BootChainOutput) throws { try take("u-boot/control.dtb", of: other) }

  /// Puts another build's FIT image in place of this one's.
  func takeImage(of other: BootChainOutput) throws { try take("u-boot/system.itb", of: other) }

  private func take(_ file: String, of other: BootChainOutput) throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(other.folder)/\(file)"))
    try bytes.write(to: URL(fileURLWithPath: "\(folder)/\(file)"))
  }

  /// SHA-256, as the 32 bytes that stand in the image.
  private static func digest(_ data: Data) throws -> Data {
    let text = Array(InputDigest.sha256(of: [UInt8](data)))
    return Data(
      try stride(from: 0, to: text.count, by: 2).map { index in
        try #require(UInt8(String(text[index...index + 1]), radix: 16))
      })
  }

  private static func makeKey(_ name: String, in folder: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "openssl", "req", "-batch", "-new", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "\(folder)/\(name).key",
      "-out", "\(folder)/\(name).crt",
    ]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }
}
