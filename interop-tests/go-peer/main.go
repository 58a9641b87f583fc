// go-peer plays any libp2p role on command: requests come in on standard input, one JSON object a line, and each is
// answered by one line on standard output. It ends when its standard input does, so it never outlives its test.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"sync"
)

// request is one line of input; each command uses the fields that it needs.
type request struct {
	ID       int      `json:"id"`
	Cmd      string   `json:"cmd"`
	Addr     string   `json:"addr"`
	Addrs    []string `json:"addrs"`
	Peer     string   `json:"peer"`
	Relay    string   `json:"relay"`
	Protocol string   `json:"protocol"`
	Present  bool     `json:"present"`
	Bytes    int64    `json:"bytes"`
	Count    int      `json:"count"`
	Parallel int      `json:"parallel"`
	Code     uint32   `json:"code"`
	Millis   int      `json:"millis"`
}

type reply map[string]any

var output struct {
	sync.Mutex
	*json.Encoder
}

func emit(line reply) {
	output.Lock()
	defer output.Unlock()
	if err := output.Encode(line); err != nil {
		os.Exit(1) // nobody listens any more
	}
}

func main() {
	output.Encoder = json.NewEncoder(os.Stdout)
	options := parseFlags()
	node, err := start(options)
	if err != nil {
		fmt.Fprintln(os.Stderr, "go-peer:", err)
		os.Exit(1)
	}
	emit(node.info().with("event", "ready"))
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(nil, 1<<20)
	for input.Scan() {
		var r request
		if err := json.Unmarshal(input.Bytes(), &r); err != nil {
			fmt.Fprintln(os.Stderr, "go-peer: not a request:", err)
			os.Exit(2)
		}
		go func() {
			answer, err := node.handle(r)
			if err != nil {
				answer = describe(err).with("ok", false)
			} else {
				answer = answer.with("ok", true)
			}
			emit(answer.with("id", r.ID))
		}()
	}
	node.host.Close()
}

func (r reply) with(key string, value any) reply {
	if r == nil {
		r = reply{}
	}
	r[key] = value
	return r
}

type options struct {
	seed       string
	keyType    string
	listen     string
	agent      string
	security   string
	earlyMuxer bool
	limits     bool
	relay      relayOptions
}

func parseFlags() options {
	var o options
	flag.StringVar(&o.seed, "seed", "", "text that the key is derived from; a random key without it")
	flag.StringVar(&o.keyType, "key", "ed25519", "ed25519, secp256k1, ecdsa or rsa")
	flag.StringVar(&o.listen, "listen", "/ip4/127.0.0.1/tcp/0", "where to listen; empty for nowhere")
	flag.StringVar(&o.agent, "agent", "go-peer/1", "agent version for identify")
	flag.StringVar(&o.security, "security", "noise", "noise, or tls,noise as go-libp2p does by default")
	flag.BoolVar(&o.earlyMuxer, "early-muxer", true, "negotiate the muxer inside the handshake")
	flag.BoolVar(&o.limits, "limits", false, "keep go-libp2p's default resource limits")
	flag.BoolVar(&o.relay.on, "relay", false, "serve circuit relay v2")
	flag.BoolVar(&o.relay.unlimited, "relay-unlimited", false, "circuits without a limit")
	flag.DurationVar(&o.relay.duration, "relay-duration", 0, "limit of a circuit's duration; 0 for go's default")
	flag.Int64Var(&o.relay.data, "relay-data", 0, "limit of a circuit's bytes per direction; 0 for go's default")
	flag.DurationVar(&o.relay.ttl, "relay-ttl", 0, "how long a reservation lasts; 0 for go's default")
	flag.Parse()
	return o
}
