import Foundation

/// A browser without a window.
enum Chromium {
  static let program = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// Opens a page, and returns its elements once its scripts have waited for what they load.
  static func dom(of page: String) throws -> String {
    guard let program else { throw CocoaError(.fileNoSuchFile) }
    let folder = try Folder()
    defer { folder.remove() }
    // Its helpers live on for a while: they must not hold the descriptor by which Foundation notices its end.
    let script = """
      for fd in /dev/fd/*; do fd=${fd##*/}; if [ "$fd" -gt 2 ]; then eval "exec $fd>&-"; fi; done
      exec timeout 60 "$@"
      """
    return try CommandRun.of(
      URL(fileURLWithPath: "/bin/bash"),
      [
        "-c", script, "bash", program, "--headless", "--no-sandbox", "--disable-gpu",
        "--disable-dev-shm-usage", "--user-data-dir=\(folder.path)", "--virtual-time-budget=10000",
        "--dump-dom", page,
      ]
    ).outputText
  }
}
