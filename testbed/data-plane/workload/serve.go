package main

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// seen is what reached the service, as it came.
type seen struct {
	Version string              `json:"version"`
	Method  string              `json:"method"`
	Target  string              `json:"target"`
	Host    string              `json:"host"`
	Headers map[string][]string `json:"headers"`
	Body    string              `json:"body"`
}

const (
	bodyLimit = 1 << 20
	markLimit = 100_000
)

// marks counts the requests that carry a mark, copies and further tries among them.
type marks struct {
	mutex sync.Mutex
	seen  map[string]int
}

func (counted *marks) add(mark string) {
	counted.mutex.Lock()
	defer counted.mutex.Unlock()
	if _, known := counted.seen[mark]; mark != "" && (known || len(counted.seen) < markLimit) {
		counted.seen[mark]++
	}
}

func (counted *marks) of(mark string) int {
	counted.mutex.Lock()
	defer counted.mutex.Unlock()
	return counted.seen[mark]
}

// serve answers each request with what it saw, and its version in a header. A request may ask all versions, or one of them,
// for another status, for a delay, or for a header of the answer: "x-answer: 503", "x-answer-v2: 503", "x-delay: 200ms",
// "x-delay-v2: 200ms", "x-return: name=value". "x-mark: a" is counted, and "x-marks: a" answered with how often it came.
func serve(address, version string) error {
	counted := &marks{seen: map[string]int{}}
	server := &http.Server{Addr: address, ReadHeaderTimeout: 10 * time.Second, Handler: http.HandlerFunc(
		func(writer http.ResponseWriter, request *http.Request) {
			writer.Header().Set("x-version", version)
			if mark := request.Header.Get("x-marks"); mark != "" {
				_, _ = io.WriteString(writer, strconv.Itoa(counted.of(mark)))
				return
			}
			counted.add(request.Header.Get("x-mark"))
			body, _ := io.ReadAll(io.LimitReader(request.Body, bodyLimit))
			if delay, err := time.ParseDuration(asked(request, "x-delay", version)); err == nil {
				time.Sleep(delay)
			}
			headers := map[string][]string{}
			for name, values := range request.Header {
				headers[strings.ToLower(name)] = values
			}
			writer.Header().Set("content-type", "application/json")
			if name, value, isHeader := strings.Cut(asked(request, "x-return", version), "="); isHeader {
				writer.Header().Set(name, value)
			}
			if status, err := strconv.Atoi(asked(request, "x-answer", version)); err == nil && status >= 200 && status < 600 {
				writer.WriteHeader(status)
			}
			_ = json.NewEncoder(writer).Encode(seen{version, request.Method, request.RequestURI, request.Host, headers, string(body)})
		})}
	return server.ListenAndServe()
}

func asked(request *http.Request, name, version string) string {
	if of := request.Header.Get(name + "-" + version); of != "" {
		return of
	}
	return request.Header.Get(name)
}
