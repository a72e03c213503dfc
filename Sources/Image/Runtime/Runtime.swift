import Diagnostics
import ImageFormat

/// The EL2 runtime as it was linked: its memory image, where it has to be patched, and what it asks for.
public struct Runtime: Sendable {
  /// What the runtime says of itself at offset 64.
  let header: RuntimeLayout
  /// Memory from offset 0 to the end of data, as linked for address 0.
  let contents: [UInt8]
  /// Offset and addend of every word that holds an address of the runtime's own.
  let relocations: [(offset: Int, addend: UInt64)]

  /// Reads a linked runtime; `file` is its name for messages.
  public init(elf bytes: [UInt8], file: String) throws(InputError) {
    do throws(ELFError) {
      let elf = try ELFFile(bytes)
      let contents = Self.memory(of: elf, bytes)
      header = try RuntimeLayout(contents)
      self.contents = contents + [UInt8](repeating: 0, count: header.size - contents.count)
      relocations = try Self.relocations(of: elf, size: header.size)
    } catch {
      throw InputError(
        Finding(
          ImageRules.runtime, .error, "the runtime \(file) cannot be used: \(error.words)", subjects: ["hypervisor"],
          resource: ResourceReference(.file, file), help: "build the runtime from these sources: make build"))
    }
  }

  /// The memory image for a place in physical memory.
  func image(at base: UInt64) -> [UInt8] {
    var image = contents
    for relocation in relocations {
      _ = image.store(littleEndian: base &+ relocation.addend, at: relocation.offset)
    }
    return image
  }

  private static func memory(of elf: ELFFile, _ bytes: [UInt8]) -> [UInt8] {
    var memory: [UInt8] = []
    for segment in elf.segments {
      memory.pad(to: segment.address)
      memory += bytes[segment.contents]
      memory.pad(to: segment.address + segment.memorySize)
    }
    return memory
  }

  /// R_AARCH64_RELATIVE (1027) adds the load address; R_AARCH64_NONE (0 and 256) does nothing; others are refused.
  private static func relocations(of elf: ELFFile, size: Int) throws(ELFError) -> [(offset: Int, addend: UInt64)] {
    var relocations: [(offset: Int, addend: UInt64)] = []
    for relocation in elf.relocations where relocation.type != 0 && relocation.type != 256 {
      guard relocation.type == 1027 else {
        throw ELFError("it has a relocation of type \(relocation.type), and only R_AARCH64_RELATIVE (1027) is known")
      }
      guard let offset = Int(exactly: relocation.offset), offset <= size - 8 else {
        throw ELFError("it relocates a word at \(relocation.offset.hexadecimal), outside its memory")
      }
      guard relocation.addend <= UInt64(size) else {
        throw ELFError("it points to \(relocation.addend.hexadecimal), outside its memory")
      }
      relocations.append((offset, relocation.addend))
    }
    return relocations
  }
}
