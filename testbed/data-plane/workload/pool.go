package main

import (
	"net"
	"sync"
	"time"
)

// pool keeps the connections that wait for their next request.
type pool struct {
	mutex sync.Mutex
	idle  map[string][]net.Conn
}

// take also tells whether the connection was used before.
func (p *pool) take(address string, end time.Time) (net.Conn, bool, error) {
	p.mutex.Lock()
	waiting := p.idle[address]
	if len(waiting) > 0 {
		last := waiting[len(waiting)-1]
		p.idle[address] = waiting[:len(waiting)-1]
		p.mutex.Unlock()
		return last, true, nil
	}
	p.mutex.Unlock()
	dialer := net.Dialer{Deadline: end}
	connection, err := dialer.Dial("tcp4", address)
	return connection, false, err
}

func (p *pool) give(address string, connection net.Conn) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.idle == nil {
		p.idle = map[string][]net.Conn{}
	}
	p.idle[address] = append(p.idle[address], connection)
}
