import CFDT

extension DeviceTree {
  /// The same tree with `status = "okay"` on the nodes at these full paths. Those that are not there are left out.
  ///
  /// The blob is edited through libfdt, which leaves every other byte of every property as it was.
  ///
  /// - Throws: `DeviceTreeError` if libfdt refuses the edit.
  public func enabling(_ paths: [String]) throws(DeviceTreeError) -> DeviceTree {
    let paths = paths.filter { node(at: $0).map { !$0.isStatusOkay } ?? false }
    guard !paths.isEmpty else { return self }
    // "okay" is no longer than any status that means disabled; a new property's name and header would not be either.
    let room = blob.count + 64 * paths.count
    let copy = UnsafeMutableRawPointer.allocate(byteCount: room, alignment: 8)
    defer { copy.deallocate() }
    UnsafeMutableRawBufferPointer(start: copy, count: blob.count).copyBytes(from: blob)
    var status = fdt_open_into(copy, copy, Int32(clamping: room))
    for path in paths where status == 0 {
      let offset = fdt_path_offset(copy, path)
      status = offset < 0 ? offset : fdt_setprop(copy, offset, "status", "okay", 5)
    }
    if status == 0 { status = fdt_pack(copy) }
    guard status == 0 else {
      throw .corrupt("libfdt cannot change a status (\(String(cString: fdt_strerror(status))))")
    }
    let count = min(Int(bulkhead_fdt_totalsize(copy)), room)
    return try DeviceTree(blob: [UInt8](UnsafeRawBufferPointer(start: copy, count: count)))
  }
}
