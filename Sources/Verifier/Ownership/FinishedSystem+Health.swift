import Ownership

extension FinishedSystem {
  /// The health page by the partition table; `nil` for none, or where what the table says is no page.
  var healthPage: AddressRange? {
    let base = partition.healthPage
    guard base != 0, base % Granule.page == 0 else { return nil }
    return AddressRange(base: base, size: Granule.page)
  }

  /// What EL2's own map lets it do with the health page, if that is what `range` is.
  func hypervisorAccess(to range: AddressRange) -> [Access] {
    guard let page = healthPage, page.contains(range),
      let run = hypervisorMap.runs.first(where: { $0.output.contains(range) })
    else { return [] }
    // AP[2] in bit 7 takes writing away (Arm DDI 0487J.a, D8.4).
    return [Access(.hypervisor, run.attributes & 1 << 7 == 0 ? [.read, .write] : .read)]
  }
}
