import Foundation

/// Builds the peer in C.
enum LibmariadbPeer {
  /// - Throws: A `BenchmarkError` that says what is missing.
  static func build(in folder: URL) throws -> URL {
    let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../peers/libmariadb.c").standardizedFileURL
    let executable = folder.appendingPathComponent("libmariadb")
    if (try? flags()) == nil { try install() }
    do {
      try Subprocess.run(
        URL(fileURLWithPath: "/usr/bin/env"),
        ["cc", "-O2", "-Wall", "-Wextra", "-Werror", source.path, "-o", executable.path] + flags())
    } catch {
      throw BenchmarkError("the peer in C cannot be built; it needs cc and libmariadb-dev: \(error)")
    }
    return executable
  }

  private static func flags() throws -> [String] {
    try Subprocess.run("mariadb_config", "--cflags", "--libs").split(whereSeparator: \.isWhitespace)
      .map(String.init)
  }

  private static func install() throws {
    guard getuid() == 0 else {
      throw BenchmarkError("libmariadb-dev is missing, and only root can install it")
    }
    do {
      try Subprocess.run("apt-get", "install", "-qq", "-y", "gcc", "libc6-dev", "libmariadb-dev")
    } catch {
      throw BenchmarkError("libmariadb-dev is missing and cannot be installed: \(error)")
    }
  }
}
