import Foundation

/// Where output goes: a pager, and a file that gets a copy (`tee`).
extension Client {
  /// Where the rows of the current result go.
  var results: OutputBuffer { pager?.output ?? output }

  /// Starts the pager, if there is one, for a result that is about to be written.
  func startPager() {
    guard isTerminal, let name = terminal.pager else { return }
    output.beforeWriting?()
    output.flush()
    pager = Pager(name, copy: tee?.descriptor)
    if pager == nil { output.write("The pager cannot be started. PAGER set to stdout\n") }
  }

  func endPager() {
    pager?.end()
    pager = nil
  }

  func setPager(_ text: [UInt8]) {
    guard isTerminal else { return }
    if let name = Self.parameter(of: text), !name.isEmpty {
      guard !isSandboxed else { return write(error: Failure("Not allowed in the sandbox mode")) }
      terminal.pager = name
    } else {
      terminal.pager = terminal.namedPager
    }
    guard let name = terminal.pager else {
      return output.write("Default pager wasn't set, using stdout.\n")
    }
    output.write(text: "PAGER set to '\(name)'\n")
  }

  func removePager() {
    terminal.pager = nil
    output.write("PAGER set to stdout\n")
  }

  func setTee(_ text: [UInt8]) {
    guard isTerminal else { return }
    if let path = Self.parameter(of: text) {
      guard !path.isEmpty else { return output.write("No outfile specified!\n") }
      return openTee(path)
    }
    if let tee { return output.write(text: "Currently logging to file '\(tee.path)'\n") }
    guard let path = lastTee else {
      return output.write("No previous outfile available, you must give a filename!\n")
    }
    openTee(path)
  }

  func openTee(_ path: String) {
    output.flush()
    output.copy = nil
    tee = Tee(path, announcedOn: output)
    guard let tee else { return }
    lastTee = path
    // The announcement belongs to the terminal alone.
    output.flush()
    output.copy = tee.descriptor
  }

  func removeTee() {
    output.flush()
    output.copy = nil
    tee = nil
    output.write("Outfile disabled.\n")
  }

  /// Appends what was typed to the file.
  func copyToTee(_ text: String) {
    guard let tee else { return }
    let copy = OutputBuffer(tee.descriptor)
    copy.write(text: text)
    copy.flush()
  }
}
