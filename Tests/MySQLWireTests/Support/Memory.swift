#if canImport(Glibc)
  import Glibc

  /// What glibc tells about its malloc. Swift does not import the header that declares these functions.
  enum Memory {
    private struct Unavailable: Error {}

    /// Fixes M_MMAP_THRESHOLD at its initial value. Otherwise it grows with the first large block that is freed.
    static func mapLargeBlocks() throws {
      let mallopt = try function("mallopt", as: (@convention(c) (Int32, Int32) -> Int32).self)
      guard mallopt(-3, 128 << 10) == 1 else { throw Unavailable() }
    }

    /// Allocates blocks until the heap has to grow for one, and one block as large as all mappings that are
    /// gone, so that both are at their high-water marks.
    static func fillGaps() throws {
      let mark = try heapMark()
      var blocks: [UnsafeMutableRawPointer?] = []
      while try heapMark() == mark {
        for _ in 0..<8 { blocks.append(malloc(1000)) }
      }
      let gone = try mappingMark() - number(in: info(), /<total type="mmap" count="\d+" size="(\d+)"/)
      if gone > 0 { blocks.append(malloc(gone + 128 << 10)) }
    }

    static func highWaterMark() throws -> Int { try heapMark() + mappingMark() }

    /// Returns the most bytes of this process that were in memory at a time.
    static func residentMark() throws -> Int {
      guard let file = fopen("/proc/self/status", "r") else { throw Unavailable() }
      defer { fclose(file) }
      var bytes = [UInt8](repeating: 0, count: 1 << 16)
      bytes.removeLast(bytes.count - fread(&bytes, 1, bytes.count, file))
      return try 1024 * number(in: String(decoding: bytes, as: UTF8.self), /VmHWM:\s*(\d+) kB/)
    }

    private static func heapMark() throws -> Int {
      try number(in: info(), /<system type="max" size="(\d+)"/)
    }

    private static func info() throws -> String {
      let mallocInfo = try function(
        "malloc_info", as: (@convention(c) (Int32, UnsafeMutablePointer<FILE>) -> Int32).self)
      return try text { file in _ = mallocInfo(0, file) }
    }

    /// Returns the high-water mark of the mappings, which glibc prints to the standard error stream only.
    private static func mappingMark() throws -> Int {
      let mallocStats = try function("malloc_stats", as: (@convention(c) () -> Void).self)
      let text = try text { file in
        let stream = dup(STDERR_FILENO)
        dup2(fileno(file), STDERR_FILENO)
        mallocStats()
        dup2(stream, STDERR_FILENO)
        close(stream)
      }
      return try number(in: text, /max mmap bytes *= *(\d+)/)
    }

    private static func function<F>(_ name: String, as type: F.Type) throws -> F {
      guard let symbol = dlsym(nil, name) else { throw Unavailable() }
      return unsafeBitCast(symbol, to: type)
    }

    /// Returns what the closure writes to a file.
    private static func text(_ write: (UnsafeMutablePointer<FILE>) -> Void) throws -> String {
      guard let file = tmpfile() else { throw Unavailable() }
      defer { fclose(file) }
      write(file)
      fflush(file)
      var bytes = Bytes(repeating: 0, count: 64 << 10)
      let count = pread(fileno(file), &bytes, bytes.count, 0)
      return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }

    /// Returns the last number that matches, which is the sum of all arenas.
    private static func number(in text: String, _ pattern: Regex<(Substring, Substring)>) throws -> Int {
      guard let match = text.matches(of: pattern).last, let number = Int(match.1) else { throw Unavailable() }
      return number
    }
  }
#endif
