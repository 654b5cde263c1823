/// The login methods that a packet means when it names none. The names of the other methods stand in their files.
enum PluginName {
  /// The method of a greeting without CLIENT_PLUGIN_AUTH.
  static var native: String { "mysql_native_password" }
  /// The method from before 4.1, for which a request to switch need not have a name.
  static var old: String { "mysql_old_password" }
}
