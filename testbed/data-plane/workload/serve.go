package main

import (
	"encoding/json"
	"io"
	"net"
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
	SNI     string              `json:"sni"`
	Headers map[string][]string `json:"headers"`
	Body    string              `json:"body"`
}

const (
	bodyLimit = 1 << 20
	script    = "/.script"
)

// service answers each request with what it saw. A request may ask all versions, or one of them, for another status or for a
// delay: "x-answer: 503", "x-answer-v2: 503", "x-delay: 200ms", "x-delay-v2: 200ms".
//
// It plays a script where it has one: "PUT /.script" with words, one for each request that follows, which is a status, "reset",
// or a time to wait. "GET /.script" tells how many requests have come since. Answers of a script close their connection, so that
// a reset is never taken for a connection that was closed while it rested.
type service struct {
	version string
	mutex   sync.Mutex
	words   []string
	count   int
}

// serve speaks TLS where it is given the files of a certificate and its key.
func serve(address, version string, papers ...string) error {
	server := &http.Server{Addr: address, ReadHeaderTimeout: 10 * time.Second, Handler: &service{version: version}}
	if len(papers) == 2 {
		return server.ListenAndServeTLS(papers[0], papers[1])
	}
	return server.ListenAndServe()
}

func (s *service) ServeHTTP(writer http.ResponseWriter, request *http.Request) {
	body, _ := io.ReadAll(io.LimitReader(request.Body, bodyLimit))
	if request.URL.Path == script {
		_, _ = io.WriteString(writer, strconv.Itoa(s.direct(request.Method, string(body))))
		return
	}
	word := s.next()
	if word == "reset" {
		reset(writer)
		return
	}
	for _, delay := range []string{word, s.asked(request, "x-delay")} {
		if length, err := time.ParseDuration(delay); err == nil {
			time.Sleep(length)
		}
	}
	headers := map[string][]string{}
	for name, values := range request.Header {
		headers[strings.ToLower(name)] = values
	}
	name := ""
	if request.TLS != nil {
		name = request.TLS.ServerName
	}
	writer.Header().Set("content-type", "application/json")
	if word != "" {
		writer.Header().Set("connection", "close")
	}
	for _, answer := range []string{s.asked(request, "x-answer"), word} {
		if status, err := strconv.Atoi(answer); err == nil && status >= 200 && status < 600 {
			writer.WriteHeader(status)
			break
		}
	}
	_ = json.NewEncoder(writer).Encode(seen{s.version, request.Method, request.RequestURI, request.Host, name, headers, string(body)})
}

// direct takes a new script, or tells how many requests have come since the last one.
func (s *service) direct(method, words string) int {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if method == http.MethodPut {
		s.words, s.count = strings.Fields(words), 0
	}
	return s.count
}

func (s *service) next() string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.count++
	if s.count > len(s.words) {
		return ""
	}
	return s.words[s.count-1]
}

// reset breaks a connection off without an answer.
func reset(writer http.ResponseWriter) {
	hijacker, able := writer.(http.Hijacker)
	if !able {
		return
	}
	connection, _, err := hijacker.Hijack()
	if err != nil {
		return
	}
	if tcp, plain := connection.(*net.TCPConn); plain {
		_ = tcp.SetLinger(0)
	}
	_ = connection.Close()
}

func (s *service) asked(request *http.Request, name string) string {
	if of := request.Header.Get(name + "-" + s.version); of != "" {
		return of
	}
	return request.Header.Get(name)
}
