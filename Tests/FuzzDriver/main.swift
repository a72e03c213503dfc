import Foundation
import FuzzTargets

// libFuzzer around one target: `fuzz-driver TARGET [libFuzzer's arguments]`. `fuzz-driver --list` names the targets, the
// longest input and the runs of a bounded campaign of each.

@_extern(c)
func LLVMFuzzerRunDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ run: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// libFuzzer's own `main`, which is linked and not used, refers to it.
@c(LLVMFuzzerTestOneInput)
func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = [UInt8](UnsafeBufferPointer(start: bytes, count: count))
  do {
    try Choice.target.run(input)
  } catch {
    Choice.complain("\nmismatch: \(error)\n")
    abort()
  }
  return 0
}

/// What the command line asks for. libFuzzer starts its own program again, with arguments of its own, for some of what it
/// does; so the target's name goes on in the environment.
enum Choice {
  static let variable = "FUZZ_TARGET"
  static let inherited = ProcessInfo.processInfo.environment[variable]
  static let name = inherited ?? CommandLine.arguments.dropFirst().first ?? ""

  static let target: FuzzTarget = {
    guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
      complain("fuzz-driver: no target \"\(name)\"; there are \(FuzzTarget.all.map(\.name).joined(separator: ", "))\n")
      exit(64)
    }
    return target
  }()

  static func complain(_ words: String) { FileHandle.standardError.write(Data(words.utf8)) }
}

if CommandLine.arguments.dropFirst().first == "--list" {
  for target in FuzzTarget.all { print(target.name, target.longestInput, target.boundedRuns) }
  exit(0)
}
_ = Choice.target
var count = CommandLine.argc
var arguments = CommandLine.unsafeArgv
if Choice.inherited == nil {
  setenv(Choice.variable, Choice.name, 1)
  // The target's name is not libFuzzer's.
  count -= 1
  arguments += 1
  arguments[0] = CommandLine.unsafeArgv[0]
}
exit(LLVMFuzzerRunDriver(&count, &arguments, testOneInput))
