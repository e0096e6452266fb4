package main

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
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

const bodyLimit = 1 << 20

// serve answers each request with what it saw. A request may ask all versions, or one of them, for another status or for a
// delay: "x-answer: 503", "x-answer-v2: 503", "x-delay: 200ms", "x-delay-v2: 200ms".
func serve(address, version string) error {
	server := &http.Server{Addr: address, ReadHeaderTimeout: 10 * time.Second, Handler: http.HandlerFunc(
		func(writer http.ResponseWriter, request *http.Request) {
			body, _ := io.ReadAll(io.LimitReader(request.Body, bodyLimit))
			if delay, err := time.ParseDuration(asked(request, "x-delay", version)); err == nil {
				time.Sleep(delay)
			}
			headers := map[string][]string{}
			for name, values := range request.Header {
				headers[strings.ToLower(name)] = values
			}
			writer.Header().Set("content-type", "application/json")
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
