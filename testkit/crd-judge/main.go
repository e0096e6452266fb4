// crd-judge says what an API server would refuse: it holds manifests against the schemas of custom resource definitions and
// their CEL rules, and against the types of Kubernetes, without a cluster.
//
// One line for each violation: file, object, field, message. It ends with 0 if there is none, with 1 if there are some, and
// with 2 if it could not judge.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"strings"
)

func main() {
	var chosen releases
	flag.StringVar(&chosen.istio, "istio", "1.31", "the line of Istio")
	flag.StringVar(&chosen.gatewayAPI, "gateway-api", "1.6", "the release of the Gateway API")
	flag.StringVar(&chosen.channel, "channel", "standard", "the channel of the Gateway API: standard or experimental")
	list := flag.Bool("list", false, "print the definitions, one version of a kind a line, and judge nothing")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: crd-judge [-istio LINE] [-gateway-api RELEASE] [-channel standard|experimental] -list | FILE... | - (files on standard input, one a line)")
		flag.PrintDefaults()
	}
	flag.Parse()
	definitions, err := loadDefinitions(chosen)
	if err != nil {
		stop(err)
	}
	out := bufio.NewWriter(os.Stdout)
	if *list {
		if err := definitions.list(out); err != nil {
			stop(err)
		}
		if err := out.Flush(); err != nil {
			stop(err)
		}
		return
	}
	files, err := files(flag.Args())
	if err != nil {
		stop(err)
	}
	objects, violations := 0, 0
	for _, file := range files {
		count, found := judgeFile(definitions, file)
		objects += count
		violations += len(found)
		for _, violation := range found {
			fmt.Fprintf(out, "%s: %s\n", file, strings.Join(strings.Fields(violation), " "))
		}
	}
	fmt.Fprintf(out, "%d objects in %d files: %d violations\n", objects, len(files), violations)
	if err := out.Flush(); err != nil {
		stop(err)
	}
	if violations > 0 {
		os.Exit(1)
	}
}

func files(arguments []string) ([]string, error) {
	if len(arguments) == 1 && arguments[0] == "-" {
		arguments = nil
		lines := bufio.NewScanner(os.Stdin)
		for lines.Scan() {
			arguments = append(arguments, lines.Text())
		}
		if err := lines.Err(); err != nil {
			return nil, err
		}
	}
	if len(arguments) == 0 {
		return nil, fmt.Errorf("no file is named")
	}
	return arguments, nil
}

func stop(err error) {
	fmt.Fprintln(os.Stderr, "crd-judge:", err)
	os.Exit(2)
}
