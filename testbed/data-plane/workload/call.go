package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// exchange is a request, as one line of JSON; nothing of it is changed on its way to the wire. It goes by TLS where it has a
// server's name for it, and trusts the roots that it names and no others.
type exchange struct {
	ID      int64       `json:"id"`
	Address string      `json:"address"`
	TLS     string      `json:"tls"`
	Roots   string      `json:"roots"`
	Method  string      `json:"method"`
	Target  string      `json:"target"`
	Headers [][2]string `json:"headers"`
	Body    string      `json:"body"`
	Millis  int64       `json:"millis"`
}

// outcome is its answer, or why there is none.
type outcome struct {
	ID      int64               `json:"id"`
	Status  int                 `json:"status"`
	Headers map[string][]string `json:"headers,omitempty"`
	Body    string              `json:"body,omitempty"`
	Error   string              `json:"error,omitempty"`
}

const (
	lineLimit = 4 << 20
	// A proxy tells megabytes of itself; half of it would be taken for all.
	answerLimit = 32 << 20
	concurrent  = 64
)

// call sends the requests that come in and prints their answers as they come, in any order.
func call(in io.Reader, out io.Writer) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, 64<<10), lineLimit)
	var printing sync.Mutex
	encoder := json.NewEncoder(out)
	slots := make(chan struct{}, concurrent)
	connections := &pool{}
	var running sync.WaitGroup
	for lines.Scan() {
		var asked exchange
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			return err
		}
		slots <- struct{}{}
		running.Go(func() {
			answer := asked.send(connections)
			<-slots
			printing.Lock()
			defer printing.Unlock()
			_ = encoder.Encode(answer)
		})
	}
	running.Wait()
	return lines.Err()
}

// send goes over a connection that was used before, if there is one that is still open, else over a new one.
func (asked exchange) send(connections *pool) outcome {
	end := time.Now().Add(time.Duration(asked.Millis) * time.Millisecond)
	for {
		connection, used, err := connections.take(asked, end)
		if err != nil {
			return outcome{ID: asked.ID, Error: err.Error()}
		}
		answer, again, err := asked.over(connection, connections, end)
		if err == nil {
			return answer
		}
		_ = connection.Close()
		if !used || !again {
			return outcome{ID: asked.ID, Error: err.Error()}
		}
	}
}

// over tells, besides the answer, whether nothing came back at all: the other side may have closed an idle connection.
func (asked exchange) over(connection net.Conn, connections *pool, end time.Time) (outcome, bool, error) {
	if err := connection.SetDeadline(end); err != nil {
		return outcome{}, false, err
	}
	if _, err := io.WriteString(connection, asked.text()); err != nil {
		return outcome{}, true, err
	}
	reader := bufio.NewReader(connection)
	if _, err := reader.Peek(1); err != nil {
		return outcome{}, err == io.EOF, err
	}
	response, err := http.ReadResponse(reader, &http.Request{Method: asked.Method})
	if err != nil {
		return outcome{}, false, err
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, answerLimit+1))
	if err == nil && len(body) > answerLimit {
		err = fmt.Errorf("the answer has more than %d bytes", answerLimit)
	}
	if err != nil {
		return outcome{}, false, err
	}
	_ = response.Body.Close()
	headers := map[string][]string{}
	for name, values := range response.Header {
		headers[strings.ToLower(name)] = values
	}
	if response.Close || reader.Buffered() > 0 {
		_ = connection.Close()
	} else {
		connections.give(asked, connection)
	}
	return outcome{ID: asked.ID, Status: response.StatusCode, Headers: headers, Body: string(body)}, false, nil
}

func (asked exchange) text() string {
	var text strings.Builder
	text.WriteString(asked.Method + " " + asked.Target + " HTTP/1.1\r\n")
	for _, header := range asked.Headers {
		text.WriteString(header[0] + ": " + header[1] + "\r\n")
	}
	text.WriteString("\r\n" + asked.Body)
	return text.String()
}
