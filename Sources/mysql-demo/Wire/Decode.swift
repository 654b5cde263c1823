import Foundation
import MySQLTesting

/// `mysql-demo decode FILE.pcap`: every packet of a capture, one per line, or as a web page.
enum Decode {
  static func run(_ words: [[UInt8]], _ output: OutputBuffer) -> Int32 {
    var paths: [String] = []
    var page: PageTarget?
    for word in words.map({ String(decoding: $0, as: UTF8.self) }) {
      if word == "--html" {
        page = .output
      } else if word.hasPrefix("--html=") {
        page = .file(String(word.dropFirst("--html=".count)))
      } else if word.hasPrefix("--") {
        StandardError.print("mysql-demo: decode has no option '\(word)': it takes --html and --html=FILE")
        return 2
      } else {
        paths.append(word)
      }
    }
    guard !paths.isEmpty else {
      StandardError.print("mysql-demo: decode takes the file of a capture (pcap or pcapng)")
      return 1
    }
    guard let page else { return print(paths, output) }
    do throws(PageFile.Failure) {
      return try write(paths, to: page, output)
    } catch {
      StandardError.print("mysql-demo: \(error)")
      return 1
    }
  }

  /// Where a page is written.
  private enum PageTarget {
    case output
    case file(String)
  }

  private static func print(_ paths: [String], _ output: OutputBuffer) -> Int32 {
    let status = read(paths) { capture, _ in
      capture.forEach { client, server in
        output.write(text: "\(client.address):\(client.port) → \(server.address):\(server.port)\n")
      } packet: { packet, _ in
        packet.write(to: output)
        output.flushIfFull()
      }
      if capture.isCutShort { output.write("The capture ends in the middle of a packet.\n") }
    }
    return output.end(status: status)
  }

  private static func write(
    _ paths: [String], to target: PageTarget, _ output: OutputBuffer
  ) throws(PageFile.Failure) -> Int32 {
    let output =
      switch target {
      case .output: output
      case .file(let path): try PageFile(path).output
      }
    let names = paths.map { URL(fileURLWithPath: $0).lastPathComponent }
    let more = names.count > 1 ? " and \(names.count - 1) more" : ""
    var page = ConversationPage(output, title: names[0] + more)
    let status = read(paths) { capture, name in
      var connection = 0
      capture.forEach(keepsContents: true) { client, server in
        connection = page.add(
          client: "\(client.address):\(client.port)", server: "\(server.address):\(server.port)")
      } packet: { packet, time in
        page.add(packet, connection: connection, time: time)
      }
      if capture.isCutShort { page.add(note: "\(name) ends in the middle of a packet.") }
    }
    return output.end(status: status)
  }

  /// Calls the closure with each capture and its name. Returns the exit status.
  private static func read(_ paths: [String], _ body: (DescribedCapture, String) -> Void) -> Int32 {
    var status: Int32 = 0
    for path in paths {
      do throws(CaptureError) {
        body(try DescribedCapture(path: path), path)
      } catch {
        StandardError.print("mysql-demo: \(path): \(error)")
        status = 1
      }
    }
    return status
  }
}
