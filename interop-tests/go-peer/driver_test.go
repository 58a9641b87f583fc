package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"
)

// patience is how long a test waits for what must come.
const patience = 60 * time.Second

type fields map[string]any

// driver drives one go-peer.
type driver struct {
	t      *testing.T
	in     io.WriteCloser
	ready  fields
	mu     sync.Mutex
	nextID int
	wait   map[int]chan fields
	events chan fields
}

// startHere runs a peer of this version inside the test.
func startHere(t *testing.T, args ...string) *driver {
	t.Helper()
	stdin, toPeer := io.Pipe()
	fromPeer, stdout := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- run(args, stdin, stdout, os.Stderr)
		_ = stdout.Close()
	}()
	t.Cleanup(func() {
		_ = toPeer.Close()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("the peer ended with %v", err)
			}
		case <-time.After(patience):
			t.Error("the peer did not end with its input")
		}
	})
	return newDriver(t, toPeer, fromPeer)
}

// startOther runs the binary named by GO_PEER_OTHER, which may be built with another go-libp2p, or else like startHere.
func startOther(t *testing.T, args ...string) *driver {
	t.Helper()
	binary := os.Getenv("GO_PEER_OTHER")
	if binary == "" {
		return startHere(t, args...)
	}
	process := exec.Command(binary, args...)
	process.Stderr = os.Stderr
	in, err := process.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	c := newDriver(t, in, out)
	t.Cleanup(func() {
		_ = in.Close()
		if err := process.Wait(); err != nil {
			t.Errorf("the peer ended with %v", err)
		}
	})
	return c
}

func newDriver(t *testing.T, in io.WriteCloser, out io.Reader) *driver {
	t.Helper()
	c := &driver{t: t, in: in, wait: map[int]chan fields{}, events: make(chan fields, 10_000)}
	go func() {
		lines := bufio.NewScanner(out)
		lines.Buffer(nil, maxRequestBytes)
		for lines.Scan() {
			var message fields
			if err := json.Unmarshal(lines.Bytes(), &message); err != nil {
				t.Errorf("not JSON: %q", lines.Text())
				continue
			}
			if _, isEvent := message["event"]; isEvent {
				c.events <- message
				continue
			}
			id, _ := message["id"].(float64)
			c.mu.Lock()
			waiting := c.wait[int(id)]
			delete(c.wait, int(id))
			c.mu.Unlock()
			if waiting != nil {
				waiting <- message
			}
		}
	}()
	c.ready = c.event("ready")
	return c
}

func (c *driver) id() string { return c.ready["peer"].(string) }

func (c *driver) addr() string { return c.ready["addrs"].([]any)[0].(string) }

// start sends a request and returns where its reply will arrive.
func (c *driver) start(cmd string, params fields) <-chan fields {
	c.t.Helper()
	reply := make(chan fields, 1)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.nextID++
	c.wait[c.nextID] = reply
	request := maps.Clone(params)
	if request == nil {
		request = fields{}
	}
	request["id"], request["cmd"] = c.nextID, cmd
	if _, err := fmt.Fprintf(c.in, "%s\n", mustMarshal(request)); err != nil {
		c.t.Fatalf("%s: %v", cmd, err)
	}
	return reply
}

func (c *driver) await(cmd string, reply <-chan fields) fields {
	c.t.Helper()
	select {
	case r := <-reply:
		return r
	case <-time.After(patience):
		c.t.Fatalf("%s: no reply", cmd)
		return nil
	}
}

// ok demands that a command works.
func (c *driver) ok(cmd string, params fields) fields {
	c.t.Helper()
	r := c.await(cmd, c.start(cmd, params))
	if r["ok"] != true {
		c.t.Fatalf("%s %v: %v", cmd, params, r)
	}
	return r
}

// fails demands that a command does not work.
func (c *driver) fails(cmd string, params fields) fields {
	c.t.Helper()
	r := c.await(cmd, c.start(cmd, params))
	if r["ok"] != false || r["error"] == "" {
		c.t.Fatalf("%s %v: should have failed: %v", cmd, params, r)
	}
	return r
}

// event waits for an event by name and skips all others.
func (c *driver) event(name string) fields {
	c.t.Helper()
	timeout := time.After(patience)
	for {
		select {
		case e := <-c.events:
			if e["event"] == name {
				return e
			}
		case <-timeout:
			c.t.Fatalf("no event %q", name)
		}
	}
}

func expect(t *testing.T, m fields, want fields) {
	t.Helper()
	for key, value := range want {
		if m[key] != value {
			t.Errorf("%s is %v, not %v, in %v", key, m[key], value, m)
		}
	}
}
