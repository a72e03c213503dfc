import DeviceTree
import Foundation

/// Compiles device-tree source that a test wrote, with dtc.
///
/// `body` is what stands inside the root node; dtc's warnings are silenced, because the tests write what they should
/// not.
func compile(_ body: String, symbols: Bool = false) throws -> [UInt8] {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = ["dtc", "-q", "-f", "-I", "dts", "-O", "dtb"] + (symbols ? ["-@"] : [])
  let input = Pipe()
  let output = Pipe()
  process.standardInput = input
  process.standardOutput = output
  process.standardError = FileHandle.nullDevice
  try process.run()
  input.fileHandleForWriting.write(Data("/dts-v1/;\n/ {\n\(body)\n};\n".utf8))
  try input.fileHandleForWriting.close()
  let data = try output.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  return [UInt8](data)
}

/// The same, read.
func tree(_ body: String, symbols: Bool = false) throws -> DeviceTree {
  try DeviceTree(blob: try compile(body, symbols: symbols))
}
