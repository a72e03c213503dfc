import Diagnostics

/// Reads the containers of a folder one after the other and collects what is wrong with them.
struct ContainerReading {
  private static let elf = "image.elf"
  private static let coloured = "coloured.elf"
  private static let single = "single.img"
  private static let boardTree = "board.dtb"

  let files: FolderFile
  let map: LoadMapReader
  let agreement: ContainerAgreement
  let checksHashes: Bool
  /// Those that could be read.
  private(set) var containers: [MemoryImage] = []
  /// What is wrong.
  private(set) var findings: [Finding] = []

  init(files: FolderFile, map: LoadMapReader, agreement: ContainerAgreement, checksHashes: Bool) {
    self.files = files
    self.map = map
    self.agreement = agreement
    self.checksHashes = checksHashes
  }

  /// Every build writes one.
  mutating func readELF() {
    do throws(VerifierError) {
      take(try ELFContainer.read(try files.open(Self.elf)), givesZeros: true)
    } catch {
      findings.append(error.finding)
    }
  }

  /// Only a build of coloured domains writes one: what is loaded for them, and nothing else.
  mutating func readColouredELF() {
    let scattered = map.scatteredPieces
    guard !scattered.isEmpty || files.exists(Self.coloured) else { return }
    do throws(VerifierError) {
      let container = try ELFContainer.read(try files.open(Self.coloured))
      findings += agreement.findings(container, givesZeros: true, on: scattered)
    } catch {
      findings.append(error.finding)
    }
  }

  /// Only a build with `--single-file` writes one.
  mutating func readSingleFile(_ relocator: [UInt8]?) {
    guard files.exists(Self.single) else { return }
    do throws(VerifierError) {
      take(try SingleFileContainer.read(try files.open(Self.single), relocator: relocator), givesZeros: true)
    } catch {
      findings.append(error.finding)
    }
  }

  /// Only a build with `--fit` writes one.
  mutating func readFIT(_ uBoot: LoadMapDocument.UBoot) {
    do throws(VerifierError) {
      let file = try files.open(uBoot.fit)
      guard file.count == uBoot.fitSize else {
        throw LoadMapReader.fault("says that \(file.name) has \(uBoot.fitSize) bytes, and it has \(file.count)")
      }
      let tree = try LoadMapReader.address(uBoot.treeAddress, "the tree for U-Boot")
      let fit = try FITContainer(file, configuration: uBoot.configuration, treeAddress: tree)
      take(fit.memory, givesZeros: false)
      try compareBoardTree(fit, file)
      if checksHashes { try checkHashes(uBoot, fit, file) }
    } catch {
      findings.append(error.finding)
    }
  }

  private mutating func take(_ container: MemoryImage, givesZeros: Bool) {
    containers.append(container)
    findings += agreement.findings(container, givesZeros: givesZeros)
  }

  private func compareBoardTree(_ fit: FITContainer, _ file: FileBytes) throws(VerifierError) {
    let tree = try files.open(Self.boardTree)
    guard fit.images.contains(where: { $0.type == "flat_dt" && $0.bytes == tree.data }) else {
      throw file.fault(at: 0, "does not hold the tree that \(Self.boardTree) is")
    }
  }

  private mutating func checkHashes(
    _ uBoot: LoadMapDocument.UBoot, _ fit: FITContainer, _ file: FileBytes
  ) throws(VerifierError) {
    let statement = LoadMapReader.fileName
    let script = try files.open(uBoot.script)
    findings += [
      HashCheck.finding(file.name, uBoot.fitSHA256, file.data, by: statement),
      HashCheck.finding(script.name, uBoot.scriptSHA256, script.data, by: statement),
    ].compactMap { $0 }
    findings += HashCheck.findings(fit, file.name)
  }
}
