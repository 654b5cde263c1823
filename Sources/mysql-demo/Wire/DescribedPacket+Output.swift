import MySQLTesting

extension DescribedPacket {
  func write(to output: OutputBuffer) {
    output.append {
      append(to: &$0)
      $0.append(UInt8(ascii: "\n"))
    }
  }
}
