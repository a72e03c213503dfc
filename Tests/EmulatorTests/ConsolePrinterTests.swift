import Emulator
import Foundation
import Testing

@Suite("Lines are printed with their labels")
struct ConsolePrinterTests {
  private func printed(isColoured: Bool, _ body: (inout ConsolePrinter) -> Void) throws -> String {
    let pipe = Pipe()
    var printer = ConsolePrinter(
      descriptor: pipe.fileHandleForWriting.fileDescriptor, names: ["bulkhead", "a"], isColoured: isColoured)
    body(&printer)
    try pipe.fileHandleForWriting.close()
    return String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
  }

  @Test("A piece of another source ends the line before")
  func interleaved() throws {
    let text = try printed(isColoured: false) { printer in
      _ = printer.write(ConsoleFragment(source: "a", text: "one", startsLine: true, endsLine: false))
      _ = printer.write(ConsoleFragment(source: "bulkhead", text: "two", startsLine: true, endsLine: true))
      _ = printer.write(ConsoleFragment(source: "a", text: " more", startsLine: false, endsLine: true))
      _ = printer.write(line: "-- done")
    }
    #expect(text == "[a] one\n[bulkhead] two\n[a]  more\n-- done\n")
  }

  @Test("Each source has a colour of its own, around the label only")
  func coloured() throws {
    let text = try printed(isColoured: true) { printer in
      _ = printer.write(ConsoleFragment(source: "a", text: "x", startsLine: true, endsLine: true))
      _ = printer.write(ConsoleFragment(source: "bulkhead", text: "y", startsLine: true, endsLine: true))
    }
    #expect(text == "\u{1B}[36m[a]\u{1B}[0m x\n\u{1B}[90m[bulkhead]\u{1B}[0m y\n")
  }
}
