/// The text of a name or a cell within HTML and XML.
enum MarkupText {
  static func write(_ bytes: some Sequence<UInt8>, to output: OutputBuffer) {
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "&"): output.write("&amp;")
      case UInt8(ascii: "<"): output.write("&lt;")
      case UInt8(ascii: ">"): output.write("&gt;")
      case UInt8(ascii: "\""): output.write("&quot;")
      // Neither format has a form for NUL.
      case 0: output.write(UInt8(ascii: " "))
      default: output.write(byte)
      }
    }
  }
}
