// Plays steps over one connection with Go's MySQL driver: godriver DSN <steps
// Steps are written as for libmariadb.c: `query` SQL, `prepare` SQL, `execute` type, text …, `close`, `ping`.
package main

import (
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io/ioutil"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"
)

var ctx = context.Background()

func main() {
	input, _ := ioutil.ReadAll(os.Stdin)
	db, err := sql.Open("mysql", os.Args[1])
	if err != nil {
		panic(err)
	}
	defer db.Close()
	connection, err := db.Conn(ctx)
	if err != nil {
		fmt.Println("connect:", err)
		return
	}
	defer connection.Close()
	mysql.RegisterLocalFile("people.csv")
	var statement *sql.Stmt
	for _, step := range strings.Split(strings.TrimSuffix(string(input), "\x1e"), "\x1e") {
		fields := strings.Split(strings.TrimSuffix(step, "\x1f"), "\x1f")
		switch fields[0] {
		case "query":
			report(read(connection.QueryContext(ctx, fields[1])))
		case "prepare":
			statement, err = connection.PrepareContext(ctx, fields[1])
			report(err)
		case "execute":
			report(read(statement.Query(parameters(fields[1:])...)))
		case "close":
			report(statement.Close())
		case "ping":
			report(connection.PingContext(ctx))
		}
	}
}

func report(err error) {
	if err != nil {
		fmt.Println(err)
	}
}

func read(rows *sql.Rows, err error) error {
	if err != nil {
		return err
	}
	defer rows.Close()
	for more := true; more; more = rows.NextResultSet() {
		for rows.Next() {
		}
	}
	return rows.Err()
}

func parameters(fields []string) (values []interface{}) {
	for i := 0; i+1 < len(fields); i += 2 {
		values = append(values, parameter(fields[i], fields[i+1]))
	}
	return
}

func parameter(kind, text string) interface{} {
	switch kind {
	case "null":
		return nil
	case "i1", "i2", "i4", "i8":
		n, _ := strconv.ParseInt(text, 10, 64)
		return n
	case "u1", "u2", "u4", "u8":
		n, _ := strconv.ParseUint(text, 10, 64)
		return n
	case "f", "d":
		x, _ := strconv.ParseFloat(text, 64)
		return x
	case "b":
		bytes, _ := hex.DecodeString(text)
		return bytes
	case "datetime":
		t, _ := time.Parse("2006-01-02 15:04:05.999999", text)
		return t
	}
	return text
}
