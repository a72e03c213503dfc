import Foundation
import Testing

@testable import Verifier

@Suite("A load map that cannot be followed is refused")
struct LoadMapTests {
  private func refuses(_ words: String, _ change: (BuiltFolderCopy) throws -> Void) throws {
    let folder = try BuiltFolder.demonstration.get()
    #expect {
      _ = try folder.opening(change)
    } throws: { error in
      guard let finding = (error as? VerifierError)?.finding else { return false }
      return finding.rule.rawValue == "BH-VER-004" && finding.message.contains(words)
    }
  }

  @Test("that is missing, no JSON, JSON of something else, or of another version")
  func unreadable() throws {
    try refuses("is missing") { try $0.remove("load-map.json") }
    try refuses("is not JSON") { try $0.write("load-map.json", Data("{".utf8)) }
    try refuses("is not JSON") { try $0.write("load-map.json", Data("[1, 2]".utf8)) }
    try refuses("of version 2") { try $0.map("\"version\" : 1", "\"version\" : 2") }
  }

  @Test(
    "that names files outside its folder",
    arguments: ["/etc/passwd", "../hypervisor.img", "domains/../hypervisor.img", "./hypervisor.img", "domains/", ""])
  func namesOutside(name: String) throws {
    try refuses("is no name of a file below the folder") { try $0.map("\"hypervisor.img\"", "\"\(name)\"") }
  }

  @Test("whose file is a link that leads out of the folder, a folder, or missing")
  func files() throws {
    try refuses("leads out of the folder") { copy in
      try copy.remove("hypervisor.img")
      try FileManager.default.createSymbolicLink(
        atPath: "\(copy.path)/hypervisor.img", withDestinationPath: "/etc/passwd")
    }
    try refuses("is not an ordinary file") { try $0.map("\"hypervisor.img\"", "\"domains\"") }
    try refuses("is missing") { try $0.remove("hypervisor.img") }
  }

  @Test("with addresses that are not hexadecimal, or past the last one")
  func addresses() throws {
    for address in ["0x", "40200000", "0xzz", "-0x1", "0x1_0", "0x10000000000000000", "0x+1"] {
      try refuses("hexadecimal digits") { try $0.map("\"address\" : \"0x40200000\"", "\"address\" : \"\(address)\"") }
    }
    try refuses("past the last address") {
      try $0.map("\"address\" : \"0x40200000\"", "\"address\" : \"0xfffffffffffff000\"")
    }
  }

  @Test("whose pieces overlap, are out of order, or share a file")
  func pieces() throws {
    let pieces = try BuiltFolder.demonstration.get().opening { _ in }.pieces
    let second = try #require(pieces.dropFirst().first)
    try refuses("overlap or are not in address order") {
      try $0.map("\"\(second.memory.base.hexadecimal)\"", "\"0x40200000\"")
    }
    try refuses("same file") { copy in
      let trees = pieces.filter { $0.role == "device-tree" }
      // The cluster's, of which there is no pristine copy, becomes Linux's.
      let names = trees.compactMap(\.file)
      try copy.map("\"\(names[0])\"", "\"\(names[1])\"")
      try copy.map("\"size\" : \(trees[0].size)", "\"size\" : \(trees[1].size)")
    }
  }

  @Test("with more or fewer bytes than the file has, or than there is memory for")
  func sizes() throws {
    let hypervisor = try #require(try BuiltFolder.demonstration.get().opening { _ in }.pieces.first)
    try refuses("memory for") { try $0.map("\"size\" : \(hypervisor.size)", "\"size\" : 18446744073709551615") }
    try refuses("it has to take them all") {
      try $0.map("\"size\" : \(hypervisor.size)", "\"size\" : \(hypervisor.size - 1)")
    }
    try refuses("it has to take them all") { try $0.edit("hypervisor.img") { $0.removeLast() } }
    try refuses("is not JSON") { try $0.map("\"size\" : \(hypervisor.size)", "\"size\" : -1") }
  }

  @Test("without a hypervisor at its entry")
  func entry() throws {
    try refuses("one hypervisor") { try $0.map("\"entry\" : \"0x40200000\"", "\"entry\" : \"0x40201000\"") }
    try refuses("means nothing") { try $0.map("\"role\" : \"kernel\"", "\"role\" : \"colonel\"") }
  }
}
