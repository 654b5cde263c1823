/// AuthMoreData: further data from the login method in use.
package enum AuthMoreData {
  package static var header: UInt8 { 0x01 }
}
