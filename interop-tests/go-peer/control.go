package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"github.com/libp2p/go-libp2p/core/network"
)

const (
	maxRequestBytes    = 64 << 20
	maxRunningCommands = 64
	maxQueuedEvents    = 4096
	defaultTimeout     = time.Minute
	maxTimeout         = 10 * time.Minute
)

// command answers one request. Its result must be a JSON object, or nil.
type command func(ctx context.Context, params json.RawMessage) (any, error)

// typed makes a command of a function with its own parameter record. Unknown parameters are an error: in a test a
// misspelt name that is silently ignored proves nothing.
func typed[P, R any](f func(context.Context, P) (R, error)) command {
	return func(ctx context.Context, raw json.RawMessage) (any, error) {
		var params P
		decoder := json.NewDecoder(bytes.NewReader(raw))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&params); err != nil {
			return nil, fmt.Errorf("parameters: %w", err)
		}
		return f(ctx, params)
	}
}

type none struct{}

// request is what every request may carry besides the parameters of its command.
type request struct {
	ID           json.Number `json:"id"`
	Cmd          string      `json:"cmd"`
	Millis       int64       `json:"millis"` // time limit
	AllowLimited *bool       `json:"allowLimited"`
	params       json.RawMessage
}

func parseRequest(line []byte) (request, error) {
	var r request
	if err := json.Unmarshal(line, &r); err != nil {
		return r, err
	}
	var params map[string]json.RawMessage
	if err := json.Unmarshal(line, &params); err != nil {
		return r, err
	}
	for _, common := range []string{"id", "cmd", "millis", "allowLimited"} {
		delete(params, common)
	}
	var err error
	r.params, err = json.Marshal(params)
	return r, err
}

func (r request) context(parent context.Context) (context.Context, context.CancelFunc) {
	timeout := defaultTimeout
	if r.Millis > 0 {
		timeout = min(time.Duration(r.Millis)*time.Millisecond, maxTimeout)
	}
	if r.AllowLimited == nil || *r.AllowLimited {
		parent = network.WithAllowLimitedConn(parent, "not asked not to")
	}
	return context.WithTimeout(parent, timeout)
}

// serveControl runs requests until input ends or a request says "quit". Requests run beside each other; a caller
// that wants them one after the other waits for each reply. Those that still run at the end are cancelled; running
// tells when they are gone.
func serveControl(in io.Reader, out *output, commands map[string]command, running *sync.WaitGroup) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	slots := make(chan struct{}, maxRunningCommands)

	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxRequestBytes)
	for lines.Scan() {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		r, err := parseRequest(lines.Bytes())
		if err != nil {
			out.reply(r.ID, nil, fmt.Errorf("not a request: %w", err))
			continue
		}
		if r.Cmd == "quit" {
			out.reply(r.ID, nil, nil)
			return nil
		}
		run, known := commands[r.Cmd]
		if !known {
			out.reply(r.ID, nil, fmt.Errorf("unknown command %q", r.Cmd))
			continue
		}
		select {
		case slots <- struct{}{}:
		default:
			out.reply(r.ID, nil, errors.New("too many commands at once"))
			continue
		}
		running.Go(func() {
			defer func() { <-slots }()
			ctx, done := r.context(ctx)
			defer done()
			result, err := run(ctx, r.params)
			out.reply(r.ID, result, err)
		})
	}
	return lines.Err()
}

// output writes lines. Replies wait for the reader; events never do, since they are raised on go-libp2p's own
// goroutines: when their queue is full they are dropped and counted.
type output struct {
	mu      sync.Mutex
	w       io.Writer
	mute    atomic.Bool
	dropped atomic.Int64
	events  chan []byte
	stop    chan struct{}
	drained chan struct{}
}

func newOutput(w io.Writer) *output {
	o := &output{
		w:       w,
		events:  make(chan []byte, maxQueuedEvents),
		stop:    make(chan struct{}),
		drained: make(chan struct{}),
	}
	go o.drain()
	return o
}

func (o *output) drain() {
	defer close(o.drained)
	for {
		select {
		case line := <-o.events:
			o.line(line)
		case <-o.stop:
			for len(o.events) > 0 {
				o.line(<-o.events)
			}
			return
		}
	}
}

// close writes the events that are still queued.
func (o *output) close() {
	close(o.stop)
	<-o.drained
}

func (o *output) event(name string, fields any) {
	if o.mute.Load() {
		return
	}
	select {
	case o.events <- object("event", name, fields):
	default:
		o.dropped.Add(1)
	}
}

func (o *output) reply(id json.Number, result any, err error) {
	head := struct {
		ID json.Number `json:"id"`
		OK bool        `json:"ok"`
	}{id, err == nil}
	if id == "" {
		head.ID = "0"
	}
	if err != nil {
		result = failureOf(err)
	}
	o.line(join(mustMarshal(head), mustMarshal(result)))
}

func (o *output) line(line []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	_, _ = o.w.Write(append(line, '\n'))
}

func object(key, value string, fields any) []byte {
	return join(mustMarshal(map[string]string{key: value}), mustMarshal(fields))
}

// join makes one JSON object of two.
func join(a, b []byte) []byte {
	if len(b) <= len("{}") || b[0] != '{' {
		return a
	}
	return append(append(a[:len(a)-1:len(a)-1], ','), b[1:]...)
}

func mustMarshal(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}
