import Foundation
import TestSupport
import Testing

@Suite("The verifier shares no code with what made the bytes")
struct ModuleTests {
  /// Every module that the Swift files below a folder import.
  private func imports(of target: String) throws -> Set<String> {
    let folder = "\(Repository.root)/Sources/\(target)"
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".swift") }
    #expect(!files.isEmpty)
    let lines = try files.flatMap { file in
      try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8).split(separator: "\n")
    }
    return Set(
      lines.compactMap { line in
        let words = line.split(separator: " ")
        guard let keyword = words.firstIndex(of: "import"), words[..<keyword].allSatisfy(Self.isModifier),
          let name = words.dropFirst(keyword + 1).last
        else { return nil }
        return name.split(separator: ".").first.map(String.init)
      })
  }

  private static func isModifier(_ word: Substring) -> Bool {
    word.hasPrefix("@") || ["public", "package", "internal", "private", "fileprivate"].contains(word)
  }

  @Test("it imports neither the image's writer nor the planner, the rules or the format that both sides of EL2 share")
  func verifier() throws {
    let modules = try FileManager.default.contentsOfDirectory(atPath: "\(Repository.root)/Sources")
    #expect(modules.contains("Image"))
    let shared = try imports(of: "Verifier").intersection(modules)
    #expect(shared == ["Board", "DeviceTree", "Diagnostics", "Manifest", "Ownership"])
  }

  @Test("neither the writer nor anything before it imports the verifier")
  func writer() throws {
    for target in ["Image", "ImageFormat", "Partition", "DomainTree", "Rules", "HypervisorCore", "Board", "Manifest"] {
      #expect(try !imports(of: target).contains("Verifier"), "\(target)")
    }
  }

  @Test("reading imports finds them: the kit imports both sides")
  func reader() throws {
    #expect(try imports(of: "BulkheadKit").isSuperset(of: ["Image", "Verifier", "Partition"]))
  }
}
