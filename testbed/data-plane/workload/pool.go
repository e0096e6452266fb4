package main

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"sync"
	"time"
)

// pool keeps the connections that wait for their next request.
type pool struct {
	mutex sync.Mutex
	idle  map[string][]net.Conn
}

// place is what a connection can be used for again: the same address, by the same name in TLS.
func (asked exchange) place() string {
	return asked.Address + " " + asked.TLS
}

// take also tells whether the connection was used before.
func (p *pool) take(asked exchange, end time.Time) (net.Conn, bool, error) {
	p.mutex.Lock()
	place := asked.place()
	waiting := p.idle[place]
	if len(waiting) > 0 {
		last := waiting[len(waiting)-1]
		p.idle[place] = waiting[:len(waiting)-1]
		p.mutex.Unlock()
		return last, true, nil
	}
	p.mutex.Unlock()
	dialer := net.Dialer{Deadline: end}
	connection, err := dialer.Dial("tcp4", asked.Address)
	if err != nil || asked.TLS == "" {
		return connection, false, err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM([]byte(asked.Roots))
	secure := tls.Client(connection, &tls.Config{ServerName: asked.TLS, RootCAs: roots, MinVersion: tls.VersionTLS12})
	_ = connection.SetDeadline(end)
	if err := secure.Handshake(); err != nil {
		_ = connection.Close()
		return nil, false, err
	}
	return secure, false, nil
}

func (p *pool) give(asked exchange, connection net.Conn) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.idle == nil {
		p.idle = map[string][]net.Conn{}
	}
	p.idle[asked.place()] = append(p.idle[asked.place()], connection)
}
