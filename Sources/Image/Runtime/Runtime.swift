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
      header = try RuntimeLayout(Self.memory(of: Array(elf.segments.prefix(1)), bytes))
      contents = Self.memory(of: try Self.loaded(elf.segments, header.size), bytes, size: header.size)
      relocations = try Self.relocations(of: elf, in: header.readOnlyData.lowerBound..<header.size)
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

  private static func memory(of segments: [ELFFile.Segment], _ bytes: [UInt8], size: Int = 0) -> [UInt8] {
    var memory: [UInt8] = []
    for segment in segments {
      memory.pad(to: segment.address)
      memory += bytes[segment.contents]
      memory.pad(to: segment.address + segment.memorySize)
    }
    memory.pad(to: size)
    return memory
  }

  /// The segments up to the end of data. Behind it the linker keeps what only the compiler reads: the relocations.
  private static func loaded(_ segments: [ELFFile.Segment], _ size: Int) throws(ELFError) -> [ELFFile.Segment] {
    let loaded = segments.filter { $0.address < size }
    if let last = loaded.last, last.address + last.memorySize > size { throw ELFError("a segment runs past its data") }
    guard !segments.contains(where: { $0.address >= size && $0.isMoreThanReadable }) else {
      throw ELFError("it has code or variables behind its data")
    }
    return loaded
  }

  /// R_AARCH64_RELATIVE (1027) adds the load address; R_AARCH64_NONE (0 and 256) does nothing; others are
  /// refused, and so is a change to code.
  private static func relocations(of elf: ELFFile, in range: Range<Int>) throws(ELFError) -> [(
    offset: Int, addend: UInt64
  )] {
    var relocations: [(offset: Int, addend: UInt64)] = []
    for relocation in elf.relocations where relocation.type != 0 && relocation.type != 256 {
      guard relocation.type == 1027 else {
        throw ELFError("it has a relocation of type \(relocation.type), and only R_AARCH64_RELATIVE (1027) is known")
      }
      guard let offset = Int(exactly: relocation.offset), range.contains(offset), offset <= range.upperBound - 8 else {
        throw ELFError("it relocates a word at \(relocation.offset.hexadecimal), outside its constants and data")
      }
      guard relocation.addend <= UInt64(range.upperBound) else {
        throw ELFError("it points to \(relocation.addend.hexadecimal), outside its memory")
      }
      relocations.append((offset, relocation.addend))
    }
    return relocations
  }
}
