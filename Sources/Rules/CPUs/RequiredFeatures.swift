import Board
import Diagnostics
import HypervisorCore
import ImageFormat
import Manifest
import Partition

/// What a domain requires of its CPUs, feature by feature, and who lacks it.
struct RequiredFeatures {
  /// A feature that a domain requires and where it says so.
  struct Demand {
    let domain: DomainDraft
    let feature: CPUFeature
    let span: SourceSpan?

    /// What is to be said about a requirement and the CPUs (one at least) that it is in doubt for.
    func finding(_ rule: RuleDescription, _ cpus: [BoardCPU], _ what: String, help: String) -> Finding {
      let place = domain.cpus.first { $0.cpu.index == cpus.first?.index }?.span
      return Finding(
        rule, .error, "domains.\(domain.name) requires \(feature.name), and \(what)",
        subjects: ["\(domain.subject).requires"] + cpus.map(\.path),
        resource: cpus.first.map { ResourceReference(.cpu, String($0.index)) }, domains: [domain.name],
        spans: [span, place], labels: ["the CPU"], help: help)
    }
  }

  /// What is known about a CPU and a feature.
  enum Answer: Equatable {
    /// The CPU has it, and the domain sees it.
    case present
    /// The CPU has it, and EL2 hides it from domains.
    case hidden
    /// The CPU lacks it; `isOptional` where others of its type have it.
    case absent(isOptional: Bool)
    /// Nobody knows.
    case unknown
  }

  private let draft: Draft

  /// Looks at a draft.
  init(_ draft: Draft) { self.draft = draft }

  /// Every known feature that a domain requires, in the manifest's order.
  var demands: [Demand] {
    draft.domains.flatMap { domain in
      domain.declaration.requires.compactMap { word in
        CPUFeature.named(word.value).map { Demand(domain: domain, feature: $0, span: word.span) }
      }
    }
  }

  /// What a CPU offers a domain.
  func answer(_ demand: Demand, _ cpu: BoardCPU) -> Answer {
    let board = draft.board
    guard let identification = board.identification(of: cpu) else {
      return board.statement(on: demand.feature, of: cpu).map { $0 ? .present : .absent(isOptional: false) } ?? .unknown
    }
    guard demand.feature.isPresent(in: identification.registers) else {
      let isOptional = CPUType.optionalFeatures.contains(demand.feature.name)
      return .absent(isOptional: isOptional && board.statement(on: demand.feature, of: cpu) == nil)
    }
    guard draft.isForRuntime else { return .present }
    return demand.feature.isPresent(in: shown(identification, to: demand.domain)) ? .present : .hidden
  }

  /// What a domain reads from the registers, by the runtime's own rules.
  private func shown(_ identification: CPUIdentification, to domain: DomainDraft) -> [IDRegister: UInt64] {
    let given: [(Feature, DomainFeatures)] = [
      (.pointerAuthentication, .pointerAuthentication), (.pmu, .pmu), (.sve, .sve), (.debug, .debug),
    ]
    var features = DomainFeatures(rawValue: 0)
    for (feature, bit) in given where domain.declaration.has(feature) { features.insert(bit) }
    return identification.registers.reduce(into: [:]) { shown, register in
      shown[register.key] = IdentificationRegister.value(
        register.key.rawValue, hardware: register.value, features: features)
    }
  }

  /// The CPUs of a demand's domain for which `condition` holds, as messages name them.
  func cpus(_ demand: Demand, where condition: (Answer) -> Bool) -> [BoardCPU] {
    demand.domain.cpus.map(\.cpu).filter { condition(answer(demand, $0)) }
  }

  /// `CPU 4 (/cpus/cpu@100, arm,cortex-a72)`.
  static func words(_ cpu: BoardCPU) -> String {
    "CPU \(cpu.index) (\(cpu.path), \(cpu.compatible.first.map { Quotation.printable($0) } ?? "of no stated type"))"
  }

  /// What to write into board.yaml so that CPUs have a feature.
  func statement(_ feature: String, _ cpu: BoardCPU) -> String {
    let type = cpu.compatible.first.map { Quotation.printable($0) } ?? "…"
    return "cpu-features: [{ compatible: \"\(type)\", has: [\(feature)] }]"
  }
}
