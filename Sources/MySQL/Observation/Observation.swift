/// The program's observer, as one reference that commands copy: most connections have none, and copying an optional
/// existential takes 80 instructions even then.
final class Observation: Sendable {
  let observer: any MySQLObserver

  init(_ observer: any MySQLObserver) { self.observer = observer }
}
