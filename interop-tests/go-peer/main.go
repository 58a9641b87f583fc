// Command go-peer is a go-libp2p host that does what it is told.
//
// It reads one JSON request per line from standard input and writes one JSON reply or event per line to standard
// output. Logs go to standard error. It ends when standard input ends, so a test that dies leaves no process behind.
// README.md lists flags, commands and test protocols.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

const shutdownGrace = 3 * time.Second

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return
		}
		fmt.Fprintln(os.Stderr, "go-peer:", err)
		os.Exit(1)
	}
}

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	conf, err := parseFlags(args, stderr)
	if err != nil {
		return err
	}
	out := newOutput(stdout)
	p, err := newPeer(conf, out)
	if err != nil {
		return err
	}
	out.event("ready", p.info())
	out.mute.Store(conf.noEvents)
	var running sync.WaitGroup
	err = serveControl(stdin, out, p.commands(), &running)
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		running.Wait()
		p.close()
		out.close()
	}()
	select {
	case <-closed:
	case <-time.After(shutdownGrace):
		// The caller is gone or asked to end: a host that is slow to close must not outlive it.
	}
	return err
}
