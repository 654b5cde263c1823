// The workloads on Go's driver, through database/sql.
//
//	peer WORKLOAD COUNT [tls]
package main

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	_ "github.com/go-sql-driver/mysql"
)

const (
	sixColumns      = "SELECT id, n, s, d, t, m FROM rows_of_six"
	busyConnections = 16
)

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// A database with at most as many connections, none of which is closed before the end.
func open(connections int) *sql.DB {
	name := fmt.Sprintf("%s:%s@tcp(%s:%s)/%s?parseTime=true", os.Getenv("BENCH_USER"), os.Getenv("BENCH_PASSWORD"),
		os.Getenv("BENCH_HOST"), os.Getenv("BENCH_PORT"), os.Getenv("BENCH_DATABASE"))
	if len(os.Args) > 3 && os.Args[3] == "tls" {
		name += "&tls=skip-verify"
	}
	database, err := sql.Open("mysql", name)
	check(err)
	database.SetMaxOpenConns(connections)
	database.SetMaxIdleConns(connections)
	return database
}

// Connects as many times as there may be connections.
func connect(database *sql.DB, connections int) {
	var lent []*sql.Conn
	for len(lent) < connections {
		connection, err := database.Conn(context.Background())
		check(err)
		lent = append(lent, connection)
	}
	for _, connection := range lent {
		check(connection.Close())
	}
}

type meter struct {
	start time.Time
	usage syscall.Rusage
}

func startMeter() (m meter) {
	m.start = time.Now()
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &m.usage))
	return
}

func processorSeconds(usage *syscall.Rusage) float64 {
	return float64(usage.Utime.Sec+usage.Stime.Sec) + float64(usage.Utime.Usec+usage.Stime.Usec)/1e6
}

// Stops the meter, and returns what was spent in the words that every peer prints.
func (m meter) stop(count int) string {
	seconds := time.Since(m.start).Seconds()
	var usage syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return fmt.Sprintf("count=%d seconds=%f cpu=%f waits=%d preempted=%d memory=%d", count, seconds,
		processorSeconds(&usage)-processorSeconds(&m.usage), usage.Nvcsw-m.usage.Nvcsw,
		usage.Nivcsw-m.usage.Nivcsw, peakKibibytes())
}

func peakKibibytes() (kibibytes int) {
	status, err := os.Open("/proc/self/status")
	check(err)
	defer status.Close()
	for lines := bufio.NewScanner(status); lines.Scan(); {
		fmt.Sscanf(lines.Text(), "VmHWM: %d", &kibibytes)
	}
	return
}

type row struct {
	id int64
	n  int
	s  string
	d  float64
	t  time.Time
	m  string
}

func (r *row) fields() []any { return []any{&r.id, &r.n, &r.s, &r.d, &r.t, &r.m} }

// A sum over all values of rows.
type checksum struct {
	rows int
	sum  uint64
}

func (c *checksum) add(r *row) {
	c.rows++
	c.sum += uint64(r.id) + uint64(r.n) + uint64(len(r.s)) + math.Float64bits(r.d) +
		uint64(r.t.Hour()*3600+r.t.Minute()*60+r.t.Second())
	if r.m[0] == '-' {
		c.sum++
	}
}

func (c *checksum) String() string { return fmt.Sprintf("%d/%x", c.rows, c.sum) }

// W1
func selectOne(database *sql.DB, count int) {
	sum := 0
	meter := startMeter()
	for i := 0; i < count; i++ {
		var one int
		check(database.QueryRow("SELECT 1").Scan(&one))
		sum += one
	}
	fmt.Printf("%s checksum=%d\n", meter.stop(count), sum)
}

// W2, and with a parameter W3
func readRows(database *sql.DB, isCollected bool, query string, parameters ...any) {
	var sum checksum
	var collected []row
	meter := startMeter()
	rows, err := database.Query(query, parameters...)
	check(err)
	for rows.Next() {
		var r row
		check(rows.Scan(r.fields()...))
		if isCollected {
			collected = append(collected, r)
		} else {
			sum.add(&r)
		}
	}
	check(rows.Err())
	for i := range collected {
		sum.add(&collected[i])
	}
	fmt.Printf("%s checksum=%s\n", meter.stop(sum.rows), &sum)
}

func selectByKeys(statement *sql.Stmt, first, last int, sum *checksum) {
	for key := first; key <= last; key++ {
		var r row
		check(statement.QueryRow(key).Scan(r.fields()...))
		sum.add(&r)
	}
}

// W4
func selectByKey(database *sql.DB, count int) {
	var sum checksum
	meter := startMeter()
	statement, err := database.Prepare(sixColumns + " WHERE id = ?")
	check(err)
	selectByKeys(statement, 1, count, &sum)
	fmt.Printf("%s checksum=%s\n", meter.stop(sum.rows), &sum)
}

// W5
func readCells(database *sql.DB, count, mebibytes int) {
	sum := 0
	meter := startMeter()
	for i := 0; i < count; i++ {
		var data []byte
		check(database.QueryRow("SELECT data FROM cells WHERE id = " + strconv.Itoa(mebibytes)).Scan(&data))
		for at := 0; at < len(data); at += 4096 {
			sum += int(data[at])
		}
	}
	fmt.Printf("%s checksum=%d\n", meter.stop(count), sum)
}

// W6
func logIn(count int) {
	meter := startMeter()
	for i := 0; i < count; i++ {
		database := open(1)
		connect(database, 1)
		check(database.Close())
	}
	fmt.Printf("%s checksum=%d\n", meter.stop(count), count)
}

// W7: a goroutine for each connection.
func keepBusy(count int) {
	database := open(busyConnections)
	connect(database, busyConnections)
	var sums [busyConnections]checksum
	var group sync.WaitGroup
	share := count / busyConnections
	meter := startMeter()
	statement, err := database.Prepare(sixColumns + " WHERE id = ?")
	check(err)
	for i := range sums {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			selectByKeys(statement, i*share+1, (i+1)*share, &sums[i])
		}(i)
	}
	group.Wait()
	var all checksum
	for _, sum := range sums {
		all.rows += sum.rows
		all.sum += sum.sum
	}
	fmt.Printf("%s checksum=%s\n", meter.stop(all.rows), &all)
}

// W8a
func insertOneByOne(transaction *sql.Tx, count int) {
	statement, err := transaction.Prepare("INSERT INTO inserted VALUES (?, ?, ?)")
	check(err)
	for id := 1; id <= count; id++ {
		_, err := statement.Exec(id, id%1000, fmt.Sprintf("name %d", id))
		check(err)
	}
}

// W8b
func insertThousands(transaction *sql.Tx, count int) {
	for first := 1; first <= count; first += 1000 {
		var text strings.Builder
		text.WriteString("INSERT INTO inserted VALUES ")
		for id := first; id < first+1000 && id <= count; id++ {
			if id > first {
				text.WriteByte(',')
			}
			fmt.Fprintf(&text, "(%d,%d,'name %d')", id, id%1000, id)
		}
		_, err := transaction.Exec(text.String())
		check(err)
	}
}

func insert(database *sql.DB, count int, rows func(*sql.Tx, int)) {
	_, err := database.Exec("TRUNCATE TABLE inserted")
	check(err)
	meter := startMeter()
	transaction, err := database.Begin()
	check(err)
	rows(transaction, count)
	check(transaction.Commit())
	spent := meter.stop(count)
	var sum string
	check(database.QueryRow("SELECT CONCAT(COUNT(*), '/', SUM(id + n + LENGTH(name))) FROM inserted").Scan(&sum))
	fmt.Printf("%s checksum=%s\n", spent, sum)
}

func run(workload string, count int) {
	switch workload {
	case "W6":
		logIn(count)
		return
	case "W7":
		keepBusy(count)
		return
	}
	database := open(1)
	connect(database, 1)
	switch workload {
	case "W1":
		selectOne(database, count)
	case "W2", "W2c":
		readRows(database, workload == "W2c", fmt.Sprintf("%s LIMIT %d", sixColumns, count))
	case "W3", "W3c":
		readRows(database, workload == "W3c", sixColumns+" LIMIT ?", count)
	case "W4":
		selectByKey(database, count)
	case "W5":
		readCells(database, count, 64)
	case "W5m":
		readCells(database, count, 15)
	case "W8a":
		insert(database, count, insertOneByOne)
	case "W8b":
		insert(database, count, insertThousands)
	default:
		check(errors.New("there is no such workload"))
	}
	check(database.Close())
}

func main() {
	if len(os.Args) < 3 {
		check(errors.New("peer takes a workload and a count"))
	}
	count, err := strconv.Atoi(os.Args[2])
	check(err)
	run(os.Args[1], count)
}
