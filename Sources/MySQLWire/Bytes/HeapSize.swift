extension String {
  /// The heap memory that the text takes, in bytes. The string itself holds up to 15 bytes. A longer text has
  /// its own heap block, with a header of 32 bytes, a NUL, and malloc's overhead.
  package var heapSize: Int { utf8.count > 15 ? (utf8.count + 56) & ~15 : 0 }
}
