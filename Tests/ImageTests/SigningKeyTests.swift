import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Image

@Suite("The key that signs a FIT image")
struct SigningKeyTests {
  @Test("is found by folder alone, or by name among several, with the algorithm of its size")
  func found() throws {
    let keys = try KeyFolder()
    try keys.make("dev")
    #expect(try SigningKey(keys.path).name == "dev")
    try keys.make("long", kind: "rsa:3072")
    #expect(try SigningKey(keys.path + ":long").algorithm == "sha256,rsa3072")
    #expect(try SigningKey(keys.path + ":dev").algorithm == "sha256,rsa2048")
    #expect(try refusal(keys.path).message.contains("several keys: dev, long"))
  }

  @Test("is read as PKCS #1, too")
  func oldFormat() throws {
    let keys = try KeyFolder()
    try keys.make("dev", kind: "rsa:4096")
    try keys.openssl(["rsa", "-traditional", "-in", "\(keys.path)/dev.key", "-out", "\(keys.path)/dev.key"])
    #expect(try String(contentsOfFile: keys.path + "/dev.key", encoding: .utf8).contains("BEGIN RSA PRIVATE KEY"))
    #expect(try SigningKey(keys.path).algorithm == "sha256,rsa4096")
  }

  @Test("is refused, with how to make one, if it is missing, encrypted, of another kind or of another size")
  func refused() throws {
    let keys = try KeyFolder()
    #expect(try refusal(keys.path).message.contains("has no file NAME.key"))
    #expect(try refusal(keys.path + "/nowhere").message.contains("does not exist"))
    #expect(try refusal(keys.path + ":dev").message.contains("no readable dev.key"))
    try keys.make("hidden", further: ["-passout", "pass:secret"])
    try keys.make("curve", kind: "ec", further: ["-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"])
    for name in ["hidden", "curve"] {
      #expect(try refusal("\(keys.path):\(name)").message.contains("no unencrypted RSA key"))
    }
    try keys.make("short", kind: "rsa:1024")
    #expect(try refusal(keys.path + ":short").message.contains("1024 bits"))
    try keys.write("lonely.key", "")
    let finding = try refusal(keys.path + ":lonely")
    #expect(finding.message.contains("no lonely.crt"))
    #expect(finding.help?.contains("openssl req") == true)
  }

  @Test("of damaged bytes is a refusal and never a crash")
  func damaged() throws {
    let keys = try KeyFolder()
    try keys.make("dev")
    let text = try String(contentsOfFile: keys.path + "/dev.key", encoding: .utf8)
    let lines = text.split(separator: "\n")
    let der = [UInt8](try #require(Data(base64Encoded: lines.dropFirst().dropLast().joined())))
    var random = SeededGenerator(seed: 7)
    for length in 0..<64 { check(Array(der.prefix(length))) }
    for _ in 0..<2000 {
      var bytes = der
      for _ in 0..<3 { bytes[Int.random(in: 0..<40, using: &random)] = UInt8.random(in: 0...255, using: &random) }
      check(bytes)
    }
  }

  private func check(_ der: [UInt8]) {
    let pem = "-----BEGIN PRIVATE KEY-----\n\(Data(der).base64EncodedString())\n-----END PRIVATE KEY-----\n"
    if let bits = RSAKeySize.bits(pem: Array(pem.utf8)) { #expect(bits > 0 && bits <= der.count * 8) }
  }

  private func refusal(_ argument: String) throws -> Finding {
    do throws(InputError) {
      _ = try SigningKey(argument)
    } catch {
      #expect(error.finding.rule == ImageRules.signingKey.id)
      return error.finding
    }
    throw KeyFolder.Failed()
  }
}
