import Foundation
import Testing

extension Demo {
  /// What `decode` costs, in processor time and memory.
  @Suite(.measuringCommands, .notUnder(.address, .thread)) struct DecodingCosts {
    private static let mebibyte = 1 << 20

    /// Writes a capture with rows of these cells, and returns its size.
    private func capture(
      _ folder: Folder, _ name: String, megabytes: Int, of cells: [CapturedSession.Cell]
    ) throws -> Int {
      let session = try CapturedSession(folder.path + "/" + name)
      try session.logIn()
      let rowSize = cells.reduce(0) { $0 + $1.content.count } + 8
      try session.query("SELECT c", rows: megabytes * Self.mebibyte / rowSize, of: cells)
      return session.size
    }

    private func decode(_ folder: Folder, _ name: String) throws -> CommandCost {
      try CommandCost.of(CommandRun.demo, ["decode", folder.path + "/" + name], into: "/dev/null")
    }

    #if DEBUG
      private static let rowSizes = [1 << 20, 16_000_000]
    #else
      private static let rowSizes = [100, 1000, 1 << 20, 16_000_000]
    #endif

    @Test(arguments: rowSizes) func keepsItsMemoryFlat(_ rowSize: Int) throws {
      let folder = try Folder()
      defer { folder.remove() }
      let short = try capture(folder, "short", megabytes: 32, of: [.text(rowSize)])
      let long = try capture(folder, "long", megabytes: 128, of: [.text(rowSize)])
      #expect(short > 30 << 20 && long > 120 << 20)
      let (less, more) = (try decode(folder, "short"), try decode(folder, "long"))
      print("decode with rows of \(rowSize) bytes: \(less) for 32 MiB, \(more) for 128 MiB")
      #expect(more.kibibytes - less.kibibytes < 8 << 10, "\(less) and \(more)")
      // A row is held twice, once as it arrives.
      #expect(more.kibibytes < 32 << 10 + 5 * rowSize >> 10, "\(more)")
    }

    #if !DEBUG
      /// The rows of a result, and how many times as long as a checksum they may take. Without a description of its own,
      /// Swift Testing would describe each byte.
      struct Rows: CustomTestStringConvertible {
        let testDescription: String
        let cells: [CapturedSession.Cell]
        let limit: Double

        init(_ name: String, _ cells: [CapturedSession.Cell], _ limit: Double) {
          (testDescription, self.cells, self.limit) = (name, cells, limit)
        }
      }

      /// Those of six columns are those of the benchmarks. Short rows take longer, since each has a line of output.
      private static let results = [
        Rows("rows of 5 bytes", [.text(5)], 40), Rows("rows of 100 bytes", [.text(100)], 8),
        Rows(
          "rows of 6 columns",
          [
            .init(8, "1234567"), .init(3, "4711"), .init(253, "name of some product"),
            .init(5, "0.30000000000000004"), .init(12, "2026-01-02 03:04:05"), .init(246, "1234.50"),
          ], 10),
        Rows("rows of 1 kB", [.text(1000)], 5), Rows("rows of 1 MiB", [.text(1 << 20)], 5),
        Rows("rows of 16 MB", [.text(16_000_000)], 5),
      ]

      /// The goal is 100 MB a second where a checksum of the same file goes through 500. Processors differ, and so does
      /// what else they do, so the checksum is the yardstick.
      @Test(arguments: results) func takesNotMuchLongerThanAChecksum(_ rows: Rows) throws {
        let folder = try Folder()
        defer { folder.remove() }
        let size = try capture(folder, "capture", megabytes: 48, of: rows.cells)
        var (own, checksum) = (CommandCost.most, CommandCost.most)
        // The least of three, because other programs run too.
        for _ in 1...3 {
          own = own.least(try decode(folder, "capture"))
          checksum = checksum.least(
            try CommandCost.of(
              URL(fileURLWithPath: "/usr/bin/md5sum"), [folder.path + "/capture"], into: "/dev/null"))
        }
        let rate = Int(Double(size) / own.seconds / 1e6)
        print("decode with \(rows.testDescription): \(rate) MB/s; \(own), md5sum \(checksum)")
        #expect(own.seconds < rows.limit * checksum.seconds, "\(own), md5sum \(checksum)")
      }
    #endif
  }
}
