import MySQLTesting

/// `mysql-demo decode FILE.pcap`: every packet of a capture, one per line.
enum Decode {
  static func run(_ words: [[UInt8]], _ output: OutputBuffer) -> Int32 {
    guard !words.isEmpty else {
      StandardError.print("mysql-demo: decode takes the file of a capture (pcap or pcapng)")
      return 1
    }
    var status: Int32 = 0
    for word in words {
      let path = String(decoding: word, as: UTF8.self)
      do throws(CaptureError) {
        write(try DescribedCapture(path: path), output)
      } catch {
        StandardError.print("mysql-demo: \(path): \(error)")
        status = 1
      }
    }
    return output.end(status: status)
  }

  private static func write(_ capture: DescribedCapture, _ output: OutputBuffer) {
    capture.forEach { client, server in
      output.write(text: "\(client.address):\(client.port) → \(server.address):\(server.port)\n")
    } packet: { packet in
      packet.write(to: output)
      output.flushIfFull()
    }
    if capture.isCutShort { output.write("The capture ends in the middle of a packet.\n") }
  }
}
