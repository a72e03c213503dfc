import Foundation
import Partition
import TestSupport
import Testing

@Suite("Debian's arm64 kernel")
struct RealKernelTests {
  private let path = Repository.root + "/.build/cache/linux"

  @Test("is recognised by its first kilobytes, with the memory that it needs beyond its file")
  func recognised() throws {
    let kernel = try PayloadInspector.kernel(path)
    guard case .image(let header) = kernel.format else {
      Issue.record("taken for \(kernel.format)")
      return
    }
    #expect(header.pageSize == 4096)
    #expect(header.textOffset == 0)
    #expect(kernel.fileSize > 10 << 20 && header.imageSize > kernel.fileSize)
  }

  @Test("is refused when its end is missing, however much of it is left")
  func truncated() throws {
    let folder = try ScratchFolder()
    let whole = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    let start = [UInt8](try whole.read(upToCount: 1 << 20) ?? Data())
    for length in [64, 4096, 1 << 20] {
      let copy = try folder.write("Image", Array(start.prefix(length)))
      do throws(PayloadProblem) {
        let format = try PayloadInspector.kernel(copy).format
        Issue.record("\(length) bytes were taken for \(format)")
      } catch {
        guard case .malformed(let words) = error else {
          Issue.record("\(error)")
          continue
        }
        #expect(words.contains("cut off"))
      }
    }
  }
}
