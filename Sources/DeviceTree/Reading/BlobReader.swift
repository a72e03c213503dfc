import CFDT

/// Reads a blob through libfdt, from the first node to the last, into values.
///
/// libfdt is given a copy with the alignment it asks for, and only after `fdt_check_full` has walked the whole
/// structure; every limit of `TreeLimits` is checked before memory is spent.
struct BlobReader {
  private let blob: UnsafeRawPointer
  private var nodes: [UnfinishedNode] = []
  private var reservations: [(address: UInt64, size: UInt64)] = []
  private var propertyCount = 0
  private var pathBytes = 0
  /// Property names repeat hundreds of times; each is made once.
  private var names: [UnsafePointer<CChar>: String] = [:]

  private init(blob: UnsafeRawPointer) { self.blob = blob }

  /// What a blob holds.
  struct Contents {
    let nodes: [Node]
    let reservations: [(address: UInt64, size: UInt64)]
  }

  /// Checks and reads `bytes`.
  static func read(_ bytes: [UInt8]) -> Result<Contents, DeviceTreeError> {
    guard bytes.count <= TreeLimits.bytes else {
      return .failure(.tooLarge(what: "\(bytes.count) bytes", limit: TreeLimits.bytes))
    }
    let copy = UnsafeMutableRawPointer.allocate(byteCount: max(bytes.count, 8), alignment: 8)
    defer { copy.deallocate() }
    UnsafeMutableRawBufferPointer(start: copy, count: bytes.count).copyBytes(from: bytes)
    let start = UnsafeRawPointer(copy)
    do throws(DeviceTreeError) {
      try checkHeader(start, count: bytes.count)
      var reader = BlobReader(blob: start)
      try reader.readReservations()
      try reader.readNodes()
      return .success(Contents(nodes: reader.nodes.map(\.finished), reservations: reader.reservations))
    } catch {
      return .failure(error)
    }
  }

  // MARK: Header

  private static func checkHeader(_ blob: UnsafeRawPointer, count: Int) throws(DeviceTreeError) {
    guard count >= 4, blob.load(as: UInt32.self).bigEndian == 0xd00d_feed else { throw .notATree }
    guard count >= MemoryLayout<fdt_header>.size else {
      throw .truncated(expected: MemoryLayout<fdt_header>.size, found: count)
    }
    let version = bulkhead_fdt_version(blob)
    guard version >= 16, bulkhead_fdt_last_comp_version(blob) <= 17 else { throw .unsupportedVersion(version) }
    let total = Int(bulkhead_fdt_totalsize(blob))
    guard total <= count else { throw .truncated(expected: total, found: count) }
    let structure = Int(bulkhead_fdt_off_dt_struct(blob))
    guard structure % 4 == 0 else {
      throw .misaligned(block: "structure block", offset: structure, alignment: 4)
    }
    let reservations = Int(bulkhead_fdt_off_mem_rsvmap(blob))
    guard reservations % 8 == 0 else {
      throw .misaligned(block: "memory reservation block", offset: reservations, alignment: 8)
    }
    let status = fdt_check_full(blob, count)
    guard status == 0 else { throw .corrupt(words(for: status)) }
  }

  private static func words(for status: Int32) -> String {
    let code = "libfdt's check says “\(String(cString: fdt_strerror(status)))”"
    return switch -status {
    case FDT_ERR_BADSTRUCTURE: "its structure block does not hold together (\(code))"
    case FDT_ERR_TRUNCATED: "a block reaches past the end (\(code))"
    default: code
    }
  }

  // MARK: Contents

  private mutating func readReservations() throws(DeviceTreeError) {
    let count = fdt_num_mem_rsv(blob)
    guard count >= 0 else { throw .corrupt("its memory reservations have no end") }
    guard count <= TreeLimits.memoryReservations else {
      throw .tooLarge(what: "\(count) memory reservations", limit: TreeLimits.memoryReservations)
    }
    for index in 0..<count {
      var address: UInt64 = 0
      var size: UInt64 = 0
      guard fdt_get_mem_rsv(blob, index, &address, &size) == 0 else {
        throw .corrupt("memory reservation \(index) cannot be read")
      }
      reservations.append((address, size))
    }
  }

  private mutating func readNodes() throws(DeviceTreeError) {
    var ancestors: [Int] = []
    var depth: Int32 = 0
    // libfdt counts the depth relative to where a walk starts, and the root is at offset 0.
    var offset: Int32 = 0
    while offset >= 0, depth >= 0 {
      let level = Int(depth)
      guard level <= TreeLimits.depth else {
        throw .tooLarge(what: "\(level) levels of nodes", limit: TreeLimits.depth)
      }
      guard level <= ancestors.count, level > 0 || nodes.isEmpty else {
        throw .corrupt("it has more than one root node")
      }
      ancestors.removeLast(ancestors.count - level)
      ancestors.append(try readNode(at: offset, parent: ancestors.last))
      offset = fdt_next_node(blob, offset, &depth)
    }
    guard depth < 0 || offset == -FDT_ERR_NOTFOUND, !nodes.isEmpty else {
      throw .corrupt("its structure block does not hold together")
    }
    if depth < 0, offset >= 0 {
      var next: Int32 = 0
      guard fdt_next_tag(blob, offset, &next) == UInt32(FDT_END) else {
        throw .corrupt("something follows its root node")
      }
    }
  }

  private mutating func readNode(at offset: Int32, parent: Int?) throws(DeviceTreeError) -> Int {
    guard nodes.count < TreeLimits.nodes else {
      throw .tooLarge(what: "more than \(TreeLimits.nodes) nodes", limit: TreeLimits.nodes)
    }
    let parentPath = parent.map { nodes[$0].path } ?? "/"
    var length: Int32 = 0
    guard let text = fdt_get_name(blob, offset, &length) else {
      throw .corrupt("a node under \(parentPath) has no name")
    }
    let name = try readName(text, length: Int(length), under: parentPath, mayBeEmpty: parent == nil)
    guard parent != nil || name.isEmpty else { throw .corrupt("its root node has the name “\(name)”") }
    let path = parent == nil ? "/" : parentPath == "/" ? "/" + name : parentPath + "/" + name
    pathBytes += path.utf8.count
    guard pathBytes <= TreeLimits.pathBytes else {
      throw .tooLarge(what: "\(pathBytes) bytes of node paths", limit: TreeLimits.pathBytes)
    }
    let index = nodes.count
    nodes.append(UnfinishedNode(index: index, path: path, name: name, parent: parent))
    if let parent { nodes[parent].children.append(index) }
    nodes[index].properties = try readProperties(at: offset, path: path)
    return index
  }

  private mutating func readProperties(at node: Int32, path: String) throws(DeviceTreeError) -> [Property] {
    var properties: [Property] = []
    var offset = fdt_first_property_offset(blob, node)
    while offset >= 0 {
      propertyCount += 1
      guard propertyCount <= TreeLimits.properties else {
        throw .tooLarge(what: "more than \(TreeLimits.properties) properties", limit: TreeLimits.properties)
      }
      var namePointer: UnsafePointer<CChar>?
      var length: Int32 = 0
      guard let value = fdt_getprop_by_offset(blob, offset, &namePointer, &length), let namePointer, length >= 0 else {
        throw .corrupt("a property of \(path) cannot be read")
      }
      let name = try propertyName(namePointer, under: path)
      properties.append(Property(name: name, value: [UInt8](UnsafeRawBufferPointer(start: value, count: Int(length)))))
      offset = fdt_next_property_offset(blob, offset)
    }
    guard offset == -FDT_ERR_NOTFOUND else { throw .corrupt("the properties of \(path) have no end") }
    return properties
  }

  // MARK: Names

  private mutating func propertyName(
    _ text: UnsafePointer<CChar>, under path: String
  ) throws(DeviceTreeError) -> String {
    if let known = names[text] { return known }
    // libfdt has found the terminating zero inside the strings block.
    var length = 0
    while text[length] != 0 { length += 1 }
    let name = try readName(text, length: length, under: path, mayBeEmpty: false)
    names[text] = name
    return name
  }

  /// A name of printable ASCII without spaces and slashes: anything else could not stand in a path or a manifest.
  private func readName(
    _ text: UnsafePointer<CChar>, length: Int, under path: String, mayBeEmpty: Bool
  ) throws(DeviceTreeError) -> String {
    guard length <= TreeLimits.nameBytes else {
      throw .tooLarge(what: "a name of \(length) characters under \(path)", limit: TreeLimits.nameBytes)
    }
    let bytes = UnsafeRawBufferPointer(start: text, count: length)
    guard mayBeEmpty || length > 0, bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "/") }) else {
      throw .badName(path: path)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
