/// What `--help` and `--version` print.
enum Help {
  static let version = "0.1"

  static let text = """
    mysql-demo \(version): a client for MySQL and MariaDB in pure Swift

    Usage: mysql-demo [options] [database]       run statements: -e, a file, or a terminal
           mysql-demo doctor [options]           find out why a connection fails
           mysql-demo bench [options] [database] measure a pool of connections under load
           mysql-demo dump [options] DB [TABLE…] write a backup
           mysql-demo restore [options] [FILE]   run the statements of one
           mysql-demo decode FILE.pcap           print the packets of a capture; --html: as a web page
           mysql-demo                            without any server named: show a recorded one

    Where the server is
      -h, --host=NAME              its name or address (localhost: the unix socket)
      -P, --port=NUMBER            its port (3306)
      -S, --socket=PATH            its unix socket
      --protocol=tcp               TCP to localhost, too
      --url=URL                    all in one: mysql://user:password@host:3306/database?option=value
      --connect-timeout=SECONDS    how long connecting may take (10)
      --wait[=SECONDS]             try again for so long while the server is not there (60)
    Who logs in
      -u, --user=NAME              the account (the system's user)
      -p, --password[=PASSWORD]    its password; without one it is asked for
      -D, --database=NAME          the database to begin in
      --get-server-public-key      ask for the key that protects a password where TLS does not
      --server-public-key-path=F   the file with that key
    TLS
      --ssl-mode=MODE              disabled, preferred, required, verify-ca, verify-identity
      --ssl-ca=FILE                the authorities to trust; also --ssl-cert, --ssl-key, --ssl-fingerprint
    What to run
      -e, --execute=STATEMENTS     run them and leave
      -f, --force                  go on after an error
      --delimiter=TEXT             what ends a statement (;)
      --init-command=STATEMENT     run it first
      --local-infile[=0|1]         allow LOAD DATA LOCAL (the file that the statement names)
      -c, --comments               send comments
    How to show results
      -B, --batch                  tabs between cells; control characters are escaped
      -t, --table                  a table; -E, --vertical: a line for each cell
      --format=FORMAT              tab, table, vertical, json, jsonl, csv, markdown
      -N, --skip-column-names      no names of columns
      -r, --raw                    nothing is escaped (with -B)
      -s, --silent                 less; -n, --unbuffered: write at once
      -v, --verbose                each statement; -vv: and how many rows; -vvv: and how long it took
      --show-warnings              warnings after each statement
      --default-character-set=SET  the character set (the locale's)
      --wire                       every packet both ways, on standard error; --wire=FILE.html: as a web page
    What bench does
      -e, --execute=STATEMENT      run this (SELECT 1); {n} in it is another number each time
      --connections=NUMBER         the most that the pool has (10); --tasks=NUMBER: how many use it (16)
      --duration=SECONDS           for how long (5); --format=json: print an object
    What dump does
      -o, --output=FILE            write to this file, which appears when it is complete
      -B, --databases              all names are databases; -A, --all-databases: all but the system's
      -d, --no-data                no rows; -t, --no-create-info: nothing but rows
      -R, --routines               also where tables are named; -E, --events; --skip-triggers and so on: without
      --users                      accounts and their rights, too
      -w, --where=CONDITION        these rows only; --ignore-table=DB.TABLE: not this table
      -x, --lock-all-tables        let nobody write meanwhile
    Where options come from
      --defaults-file=FILE         only this option file; --defaults-extra-file=FILE: this one, too
      --no-defaults                no option files (/etc/my.cnf, /etc/mysql/my.cnf, ~/.my.cnf)
      MYSQL_HOST, MYSQL_TCP_PORT, MYSQL_UNIX_PORT and MYSQL_PWD in the environment
      -V, --version                -?, --help

    """
}
