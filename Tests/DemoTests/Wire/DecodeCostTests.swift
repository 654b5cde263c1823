import Foundation
import Testing

extension Demo {
  /// What `decode` costs, in processor time and memory.
  @Suite(.measuringCommands, .notUnder(.address, .thread)) struct DecodingCosts {
    private static let mebibyte = 1 << 20

    /// Writes a capture with rows of this size, and returns its size.
    private func capture(_ folder: Folder, _ name: String, megabytes: Int, rowSize: Int) throws -> Int {
      let session = try CapturedSession(folder.path + "/" + name)
      try session.logIn()
      try session.query("SELECT c", rows: megabytes * Self.mebibyte / (rowSize + 8), of: rowSize)
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
      let short = try capture(folder, "short", megabytes: 32, rowSize: rowSize)
      let long = try capture(folder, "long", megabytes: 128, rowSize: rowSize)
      #expect(short > 30 << 20 && long > 120 << 20)
      let (less, more) = (try decode(folder, "short"), try decode(folder, "long"))
      print("decode with rows of \(rowSize) bytes: \(less) for 32 MiB, \(more) for 128 MiB")
      #expect(more.kibibytes - less.kibibytes < 8 << 10, "\(less) and \(more)")
      // A row is held twice, once as it arrives.
      #expect(more.kibibytes < 32 << 10 + 5 * rowSize >> 10, "\(more)")
    }

    #if !DEBUG
      /// The goal is 100 MB a second where a checksum of the same file goes through 500. Processors differ, and so does
      /// what else they do, so the checksum is the yardstick. Short rows take longer: each has a line of output.
      @Test(arguments: [(5, 100.0), (100, 20.0), (1000, 5.0), (1 << 20, 5.0), (16_000_000, 5.0)])
      func takesNotMuchLongerThanAChecksum(_ rowSize: Int, _ limit: Double) throws {
        let folder = try Folder()
        defer { folder.remove() }
        let size = try capture(folder, "capture", megabytes: rowSize < 1000 ? 32 : 128, rowSize: rowSize)
        var (own, checksum) = (CommandCost.most, CommandCost.most)
        // The least of three, because other programs run too.
        for _ in 1...3 {
          own = own.least(try decode(folder, "capture"))
          checksum = checksum.least(
            try CommandCost.of(
              URL(fileURLWithPath: "/usr/bin/md5sum"), [folder.path + "/capture"], into: "/dev/null"))
        }
        let rate = Int(Double(size) / own.seconds / 1e6)
        print("decode with rows of \(rowSize) bytes: \(rate) MB/s; \(own), md5sum \(checksum)")
        #expect(own.seconds < limit * checksum.seconds, "\(own), md5sum \(checksum)")
      }
    #endif
  }
}
