import Diagnostics

extension PartitionRules {
  static let channels = [noPlaceForVirtualDevices]

  static let noPlaceForVirtualDevices = RuleDescription(
    "BH-CHN-030", title: "virtual devices have a place",
    requirement:
      "A domain's virtual devices shall find free guest addresses below 4 GiB, and free interrupt numbers among the 32 "
      + "around its virtual console's, or among any 32 if it has none.",
    hazard: "A doorbell without an interrupt of its own would be heard as another device, or not at all.",
    applicability: "Domains with doorbells or other devices that the hypervisor emulates.",
    example: "channels:      # 32 of them, all with `doorbell: true` and the same reader")
}
