import BulkheadKit
import Foundation
import TestSupport
import Testing

@Suite("What a board's description takes on trust")
struct BoardAssumptionTests {
  @Test("is among the assumptions of use of every manifest for it", arguments: BoardBoot.boards)
  func assumptions(board: String) throws {
    let result = Check(project: Repository.project).run(manifest: BoardBoot.manifest(of: board))
    let plan = try #require(result.plan, "\(result.findings)")
    let description = plan.board.description
    let firmware = result.assumptions.all.filter { $0.kind == .firmware }
    #expect(firmware.count == description.firmware?.provides.count ?? 0)
    for (assumption, point) in zip(firmware, description.firmware?.provides ?? []) {
      #expect(assumption.statement.hasSuffix(point))
    }
    for node in description.enabledNodes {
      let owners = plan.domains.filter { domain in domain.devices.contains { $0.device.path == node.path } }
      let found = result.assumptions.all.first { $0.kind == .enabledDevice && $0.subject == node.path }
      #expect(found?.domains == owners.map(\.name))
      #expect(found?.reason == node.reason)
    }
  }

  @Test("holds a UART of the i.MX 8M Plus EVK that its vendor's tree disables")
  func enabledDevice() throws {
    let result = Check(project: Repository.project).run(manifest: BoardBoot.manifest(of: "imx8mp-evk"))
    let devices = result.assumptions.all.filter { $0.kind == .enabledDevice }
    #expect(devices.map(\.subject) == ["/soc@0/bus@30800000/serial@30a60000"])
    #expect(devices.first?.domains == ["cluster"])
  }
}
