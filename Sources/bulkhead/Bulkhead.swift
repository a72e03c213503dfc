import ArgumentParser
import BulkheadKit

/// The command line: one subcommand a verb, each in its own file, none with logic of its own.
@main
struct Bulkhead: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bulkhead",
    abstract: "Divides an Arm64 board among domains that cannot reach each other.",
    discussion: """
      One manifest says which domain gets which CPUs, memory and devices. Bulkhead reads the board's device tree, \
      decides every address, refuses what would overlap, writes the boot images and runs them in QEMU.

      To begin with: `bulkhead init qemu-virt`, then `bulkhead check qemu-virt.yaml`, then `bulkhead run qemu-virt.yaml`.

      Exit status: 0 accepted; 1 at least one error was found; 2 an input is missing or unreadable; 64 wrong usage.
      """,
    version: Version.current,
    subcommands: [
      InitVerb.self, BoardsVerb.self, DevicesVerb.self, CheckVerb.self, BuildVerb.self, VerifyVerb.self, RunVerb.self,
      TestVerb.self,
      ExplainVerb.self,
    ])

  /// ArgumentParser takes a mistyped verb for an argument too many; a newcomer is better told which verb was meant.
  static func main() {
    let verbs = configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    guard let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-"), !verbs.contains(word) else {
      return main(nil)
    }
    let help = Suggestions.help(for: word, among: verbs) ?? "`bulkhead --help` lists the commands"
    exit(withError: ValidationError("there is no command \(Quotation.quoted(word)); \(help)"))
  }
}
