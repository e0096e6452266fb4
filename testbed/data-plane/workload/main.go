// The program of the workloads in a test bed: a service that tells what reached it, and a client that sends exactly what it is told.
package main

import (
	"fmt"
	"os"
)

func main() {
	if (len(os.Args) == 4 || len(os.Args) == 6) && os.Args[1] == "serve" {
		fail(serve(os.Args[2], os.Args[3], os.Args[4:]...))
	} else if len(os.Args) == 2 && os.Args[1] == "call" {
		fail(call(os.Stdin, os.Stdout))
	} else {
		fail(fmt.Errorf("usage: workload serve ADDRESS VERSION [CERTIFICATE KEY] | workload call"))
	}
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
