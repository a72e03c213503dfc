import Diagnostics
import Manifest
import Ownership

extension RegionPlacer {
  /// Chooses rows of RAM for coloured regions. Domains have no colour in common, so that each may use the rows that
  /// another uses: all start at the lowest that are free, and only the regions of one domain have to keep apart.
  ///
  /// - Parameter space: what is free of everything that is not coloured, channels included.
  func placeStripes(
    _ requests: [Request], _ manner: Manner, _ colouring: Colouring, _ space: FreeMemory, _ result: inout Result,
    _ manifest: Manifest
  ) {
    var spaces = [FreeMemory](repeating: space, count: manifest.domains.count)
    for request in requests {
      let draft = result.regions[request.domain][request.index]
      var candidates = spaces[request.domain]
      if manner.avoidsLoader { for range in loaderRanges { candidates.take(range) } }
      guard let rows = rows(request, colouring, candidates),
        let region = Self.coloured(draft.declaration, at: rows.base, colouring, request.domain)
      else {
        let name = manifest.domains[request.domain].name.value
        let finding = noRoom(request, draft.declaration, spaces[request.domain], colouring, name)
        result.findings.append(finding)
        continue
      }
      spaces[request.domain].take(rows)
      result.regions[request.domain][request.index] = RegionDraft(
        declaration: draft.declaration, index: request.index, region: region)
    }
  }

  /// The region of a declaration whose rows start at an address; `nil` where no row can start there.
  static func coloured(
    _ declaration: MemoryDeclaration, at base: UInt64, _ colouring: Colouring, _ domain: Int
  ) -> MemoryRegion? {
    let size = declaration.size.value
    let stripes = Stripes(
      base: base, size: size, colourCount: colouring.colourCount, colours: colouring.domains[domain])
    guard let stripes, let guest = AddressRange(base: declaration.guest?.value ?? base, size: size) else { return nil }
    return MemoryRegion(stripes: stripes, guest: guest)
  }

  /// The lowest rows for a request; those of the first region, in which a kernel starts, at a multiple of 2 MiB, because
  /// the domain sees it from there on.
  private func rows(_ request: Request, _ colouring: Colouring, _ space: FreeMemory) -> AddressRange? {
    let row = Stripes.row(colouring.colourCount)
    let used = colouring.domains[request.domain].count
    guard let extent = Stripes.extent(of: request.size, colourCount: colouring.colourCount, used: used) else {
      return nil
    }
    let alignment = request.index == 0 && request.guest == nil ? max(Granule.block2MiB, row) : row
    return space.lowest(size: extent, alignment: alignment)
  }

  private func noRoom(
    _ request: Request, _ declaration: MemoryDeclaration, _ space: FreeMemory, _ colouring: Colouring, _ domain: String
  ) -> Finding {
    let used = colouring.domains[request.domain].count
    let extent = Stripes.extent(of: request.size, colourCount: colouring.colourCount, used: used) ?? .max
    return Finding(
      PartitionRules.noRoom, .error,
      "domains.\(domain).memory[\(request.index)] asks for \(declaration.size.value.byteCount) of \(used) of "
        + "\(colouring.colourCount) colours, which takes rows of \(extent.byteCount), and the largest run of RAM that is left "
        + "has \(space.largestRun.byteCount)",
      subjects: ["domains.\(domain)"], resource: ResourceReference(.memory), domains: [domain],
      spans: [declaration.size.span ?? declaration.span],
      help: "make it smaller, split it into several regions, or give the domain more colours")
  }
}
