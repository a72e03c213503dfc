import CFDT

extension TreeNode {
  /// The tree below this root as a blob (devicetree specification, chapter 5), made by libfdt's sequential-write
  /// functions. The same tree always gives the same bytes.
  public func flattened() throws(TreeWritingError) -> [UInt8] {
    var capacity = 16 << 10
    while capacity <= Self.sizeLimit {
      if let blob = try flattened(capacity: capacity) { return blob }
      capacity *= 2
    }
    throw .tooLarge(limit: Self.sizeLimit)
  }

  private static let sizeLimit = 4 << 20
  private static let depthLimit = 64

  /// What is left to do, so that deep trees take no stack.
  private enum Step {
    case begin(TreeNode, depth: Int)
    case end
  }

  /// The blob, or `nil` if `capacity` bytes are too few.
  private func flattened(capacity: Int) throws(TreeWritingError) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: capacity)
    var status: Result<Bool, TreeWritingError> = .success(false)
    buffer.withUnsafeMutableBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      do throws(TreeWritingError) {
        status = .success(try write(to: start, capacity: Int32(capacity)))
      } catch {
        status = .failure(error)
      }
    }
    guard try status.get() else { return nil }
    let size = buffer[4..<8].reduce(0) { $0 << 8 | Int($1) }
    return Array(buffer.prefix(size))
  }

  /// Whether everything fitted.
  private func write(to buffer: UnsafeMutableRawPointer, capacity: Int32) throws(TreeWritingError) -> Bool {
    guard try Self.accept(fdt_create(buffer, capacity)), try Self.accept(fdt_finish_reservemap(buffer)) else {
      return false
    }
    var steps: [Step] = [.begin(self, depth: 0)]
    while let step = steps.popLast() {
      switch step {
      case .end:
        guard try Self.accept(fdt_end_node(buffer)) else { return false }
      case .begin(let node, let depth):
        guard depth < Self.depthLimit else { throw .tooDeep(limit: Self.depthLimit) }
        guard try node.begin(in: buffer, isRoot: depth == 0) else { return false }
        steps.append(.end)
        steps += node.children.reversed().map { .begin($0, depth: depth + 1) }
      }
    }
    return try Self.accept(fdt_finish(buffer))
  }

  private func begin(in buffer: UnsafeMutableRawPointer, isRoot: Bool) throws(TreeWritingError) -> Bool {
    try Self.check(name, mayBeEmpty: isRoot)
    guard try Self.accept(fdt_begin_node(buffer, name)) else { return false }
    for property in properties {
      try Self.check(property.name, mayBeEmpty: false)
      let length = Int32(clamping: property.value.count)
      guard try Self.accept(fdt_property(buffer, property.name, property.value, length)) else { return false }
    }
    return true
  }

  private static func check(_ name: String, mayBeEmpty: Bool) throws(TreeWritingError) {
    guard mayBeEmpty || !name.isEmpty, !name.utf8.contains(0), !name.utf8.contains(0x2F) else {
      throw .invalidName(name)
    }
  }

  /// Whether libfdt's call succeeded; false if the buffer is too small.
  private static func accept(_ result: Int32) throws(TreeWritingError) -> Bool {
    if result == 0 { return true }
    if result == -FDT_ERR_NOSPACE { return false }
    throw .refused(String(cString: fdt_strerror(result)))
  }
}
