extension ClientCommand {
  static let helpText = """
    The client's own commands, at the beginning of a line or as \\ and a letter:
    ?         (\\?) The same as help.
    charset   (\\C) Use another character set.
    clear     (\\c) Forget the statement so far.
    connect   (\\r) Connect again, or to another database.
    delimiter (\\d) Let statements end with something else than ;
    ego       (\\G) Run the statement, each cell on a line of its own.
    exit      (\\q) Leave.
    go        (\\g) Run the statement.
    help      (\\h) Show this.
    nowarning (\\w) Leave out warnings.
    print     (\\p) Show the statement so far.
    quit      (\\q) Leave.
    source    (\\.) Run the statements of a file.
    status    (\\s) Show what is known of the connection.
    system    (\\!) Run a command of the system's shell.
    use       (\\u) Use another database.
    warnings  (\\W) Show warnings after each statement.

    """
}
