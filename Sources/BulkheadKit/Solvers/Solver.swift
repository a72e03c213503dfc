import Foundation

/// A solver for bit vectors on this machine. The two that are asked share no code.
public struct Solver: Sendable {
  /// Which one.
  public enum Product: String, Sendable, CaseIterable {
    case z3
    case cvc5

    /// What comes before the number in the first line of `--version`.
    var banner: String {
      switch self {
      case .z3: "Z3 version "
      case .cvc5: "This is cvc5 version "
      }
    }

    /// Arguments in front of a problem's file. cvc5 translates all of it to SAT at once: its lazy way takes minutes where
    /// hundreds of leaves stand against hundreds.
    var arguments: [String] {
      switch self {
      case .z3: ["-smt2"]
      case .cvc5: ["--lang=smt2", "--strict-parsing", "--bitblast=eager"]
      }
    }
  }

  /// Which one.
  public let product: Product
  /// Where the program is.
  public let path: String
  /// What it says of its version: `4.8.12`.
  public let version: String

  /// Every solver, found in the folders of a search path (the value of PATH).
  ///
  /// - Throws: A finding for each one that is missing or does not say that it is what its name says.
  public static func all(
    searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? ""
  ) throws(InputError) -> [Solver] {
    var solvers: [Solver] = []
    var findings: [Finding] = []
    for product in Product.allCases {
      do throws(InputError) {
        solvers.append(try find(product, searchPath))
      } catch {
        findings.append(error.finding)
      }
    }
    if let first = findings.first { throw InputError(first, others: Array(findings.dropFirst())) }
    return solvers
  }

  private static func find(_ product: Product, _ searchPath: String) throws(InputError) -> Solver {
    let name = product.rawValue
    guard let path = InstalledProgram.path(of: name, searchPath: searchPath) else {
      throw missing(name, "`\(name)` is in no folder of the PATH")
    }
    guard let result = try? BoundedCommand.run(path, arguments: ["--version"], seconds: 20), result.end == .exited(0),
      let line = result.output.split(whereSeparator: \.isNewline).first, line.hasPrefix(product.banner)
    else { throw missing(name, "\(Quotation.quoted(path: path)) does not answer `--version` as \(name) does") }
    let version = line.dropFirst(product.banner.count).prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    return Solver(product: product, path: path, version: String(version))
  }

  /// Asks for an answer to the problem in a file.
  public func answer(to file: String, seconds: Int64) -> SolverAnswer {
    do throws(EmulatorError) {
      return SolverAnswer(try BoundedCommand.run(path, arguments: product.arguments + [file], seconds: seconds))
    } catch {
      return .none(error.finding.message)
    }
  }

  private static func missing(_ name: String, _ message: String) -> InputError {
    InputError(
      Finding(
        SolverRules.present, .error, message, subjects: [name], resource: ResourceReference(.file, name),
        help: "run `make setup`, or install the package \(name); without --solve it is not needed"))
  }
}
