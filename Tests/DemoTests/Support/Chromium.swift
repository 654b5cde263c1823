import Foundation
import Testing

/// Chromium without a window, as a browser for the pages that the command writes.
enum Chromium {
  private static let program = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  static var isInstalled: Bool { program != nil }

  /// What a page became once its script had run.
  struct Visit {
    var document: String
    /// What the page wrote to the console, above all errors.
    var console: [String]
  }

  /// Opens a page.
  ///
  /// - Parameters:
  ///   - fragment: What follows the `#` in its address.
  ///   - script: A script that runs in the page at the end, as a part of it.
  static func visit(_ path: String, fragment: String = "", running script: String = "") throws -> Visit {
    var path = path
    let folder = try Folder()
    defer { folder.remove() }
    if !script.isEmpty { path = try folder.write(try page(path, with: script), "page.html") }
    let run = try run(path, fragment, folder, ["--dump-dom"])
    let console = run.errorText.split(separator: "\n").filter { $0.contains("CONSOLE") }.map(String.init)
    return Visit(document: run.outputText, console: console)
  }

  /// Opens an address, and returns the page's elements once its scripts have waited for what they load.
  static func document(at url: String) throws -> String {
    let folder = try Folder()
    defer { folder.remove() }
    return try open(url, folder, ["--dump-dom"], waits: 10_000).outputText
  }

  /// Returns a picture of a page.
  static func picture(of path: String, isDark: Bool = false) throws -> Data {
    let folder = try Folder()
    defer { folder.remove() }
    let file = folder.url.appendingPathComponent("picture.png")
    let theme = isDark ? ["--blink-settings=preferredColorScheme=0"] : []
    _ = try run(
      path, "", folder, theme + ["--hide-scrollbars", "--window-size=1440,900", "--screenshot=\(file.path)"])
    return try Data(contentsOf: file)
  }

  private static func run(
    _ path: String, _ fragment: String, _ folder: Folder, _ options: [String]
  ) throws -> CommandRun {
    try open("file://\(path)" + (fragment.isEmpty ? "" : "#\(fragment)"), folder, options, waits: 4000)
  }

  /// - Parameter time: How many milliseconds of its own time the page gets for what it loads.
  private static func open(
    _ url: String, _ folder: Folder, _ options: [String], waits time: Int
  ) throws -> CommandRun {
    // Its helpers live on for a while: they must not hold the descriptor by which Foundation notices its end.
    let script = """
      for fd in /dev/fd/*; do fd=${fd##*/}; if [ "$fd" -gt 2 ]; then eval "exec $fd>&-"; fi; done
      exec timeout 60 "$@"
      """
    return try CommandRun.of(
      URL(fileURLWithPath: "/bin/bash"),
      [
        "-c", script, "bash", try #require(program), "--headless", "--no-sandbox", "--disable-gpu",
        "--disable-dev-shm-usage", "--no-first-run", "--user-data-dir=\(folder.path)/profile",
        "--enable-logging=stderr", "--virtual-time-budget=\(time)",
      ] + options + [url])
  }

  /// Returns a page with one more script, which its policy lets run since it has the page's nonce.
  private static func page(_ path: String, with script: String) throws -> String {
    let page = try String(contentsOfFile: path, encoding: .utf8)
    let start = try #require(page.range(of: "<script nonce=\""))
    let nonce = page[start.upperBound...].prefix { $0 != "\"" }
    return page + "<script nonce=\"\(nonce)\">addEventListener('load', () => { \(script) });</script>\n"
  }
}

extension Trait where Self == ConditionTrait {
  /// For tests that look at a page in a browser.
  static var chromium: Self {
    .enabled(if: Chromium.isInstalled, "chromium is not installed (Debian: chromium)")
  }
}
