package main

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"
)

// directions runs a test with the peer of this version dialing and with it listening.
func directions(t *testing.T, args []string, test func(t *testing.T, dialer, listener *driver)) {
	t.Run("dialing", func(t *testing.T) { test(t, startHere(t, args...), startOther(t, args...)) })
	t.Run("dialed", func(t *testing.T) { test(t, startOther(t, args...), startHere(t, args...)) })
}

func connectedPair(t *testing.T, args []string, test func(t *testing.T, a, b *driver)) {
	directions(t, args, func(t *testing.T, dialer, listener *driver) {
		dialer.ok("connect", fields{"addr": listener.addr()})
		listener.ok("identify", fields{"peer": dialer.id()})
		test(t, dialer, listener)
	})
}

func TestSeedZeroIsTheWellKnownIdentity(t *testing.T) {
	p := startHere(t, "-seed", "0", "-dial-only")
	if p.id() != "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN" {
		t.Error(p.id())
	}
}

func TestHandshakes(t *testing.T) {
	cases := []struct {
		name  string
		args  []string
		sec   string
		early bool
	}{
		{"noise", nil, "/noise", true},
		{"noise without early muxer", []string{"-early-muxer=false"}, "/noise", false},
		{"tls", []string{"-security", "tls"}, "/tls/1.0.0", true},
		{"tls without early muxer", []string{"-security", "tls", "-early-muxer=false"}, "/tls/1.0.0", false},
		{"tls first", []string{"-security", "tls,noise"}, "/tls/1.0.0", true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			directions(t, c.args, func(t *testing.T, dialer, listener *driver) {
				r := dialer.ok("connect", fields{"addr": listener.addr()})
				expect(t, r, fields{"peer": listener.id(), "security": c.sec, "early": c.early,
					"muxer": "/yamux/1.0.0", "limited": false, "identified": true, "direction": "outbound"})
				e := listener.event("connected")
				expect(t, e, fields{"peer": dialer.id(), "early": c.early, "direction": "inbound"})
				dialer.ok("disconnect", fields{"peer": listener.id()})
				expect(t, listener.event("disconnected"), fields{"peer": dialer.id()})
			})
		})
	}
}

func TestKeyTypes(t *testing.T) {
	for name, want := range map[string]string{
		"ed25519": "Ed25519", "secp256k1": "Secp256k1", "ecdsa": "ECDSA", "rsa": "RSA",
	} {
		t.Run(name, func(t *testing.T) {
			directions(t, []string{"-key", name}, func(t *testing.T, dialer, listener *driver) {
				r := dialer.ok("connect", fields{"addr": listener.addr()})
				expect(t, r, fields{"key": want})
				expect(t, listener.ok("identify", fields{"peer": dialer.id()}), fields{"key": want})
			})
		})
	}
}

func TestConnectFailures(t *testing.T) {
	a, b := startHere(t), startOther(t)
	other := startHere(t, "-dial-only")
	wrong := b.addr()[:strings.LastIndex(b.addr(), "/")+1] + other.id()
	r := a.fails("connect", fields{"addr": wrong})
	if !strings.Contains(r["error"].(string), "peer id mismatch") {
		t.Error(r)
	}
	a.fails("connect", fields{"addr": "/ip4/127.0.0.1/tcp/1/p2p/" + b.id()})
	// The failures leave nothing behind that harms the next attempt.
	a.ok("connect", fields{"addr": b.addr()})
	tls := startHere(t, "-security", "tls")
	a.fails("connect", fields{"addr": tls.addr()})
}

func TestCloseCodesArrive(t *testing.T) {
	connectedPair(t, nil, func(t *testing.T, a, b *driver) {
		a.ok("disconnect", fields{"peer": b.id(), "code": 0x1007})
		reason := b.event("disconnected")["reason"].(map[string]any)
		expect(t, reason, fields{"connCode": float64(0x1007), "remote": true})
	})
}

func TestPingAndIdentify(t *testing.T) {
	connectedPair(t, []string{"-agent", "tester/1"}, func(t *testing.T, a, b *driver) {
		if n := len(a.ok("ping", fields{"peer": b.id(), "count": 5})["micros"].([]any)); n != 5 {
			t.Errorf("%d answers", n)
		}
		id := b.ok("identify", fields{"peer": a.id()})
		expect(t, id, fields{"agent": "tester/1", "key": "Ed25519"})
		signed := id["signed"].(map[string]any)
		expect(t, signed, fields{"peer": a.id()})
		if len(signed["addrs"].([]any)) != 1 || id["observed"] == nil {
			t.Error(id)
		}
	})
}

func TestPush(t *testing.T) {
	connectedPair(t, nil, func(t *testing.T, a, b *driver) {
		const extra = "/peerup-test/extra/1.0.0"
		a.ok("add-protocol", fields{"protocol": extra})
		b.ok("await-protocol", fields{"peer": a.id(), "protocol": extra, "present": true})
		a.ok("remove-protocol", fields{"protocol": extra})
		b.ok("await-protocol", fields{"peer": a.id(), "protocol": extra, "present": false})
		b.fails("await-protocol", fields{"peer": a.id(), "protocol": extra, "present": true, "millis": 50})

		addrs := a.ok("listen", fields{"addr": "/ip4/127.0.0.1/tcp/0"})["addrs"].([]any)
		if len(addrs) != 2 {
			t.Error(addrs)
		}
		for _, addr := range addrs {
			bare := strings.Split(addr.(string), "/p2p/")[0]
			b.ok("await-address", fields{"peer": a.id(), "addr": bare, "present": true})
		}
	})
}

func TestTransfers(t *testing.T) {
	connectedPair(t, nil, func(t *testing.T, a, b *driver) {
		a.ok("echo", fields{"peer": b.id(), "bytes": 1_000_000})
		expect(t, a.ok("upload", fields{"peer": b.id(), "bytes": 20_000_001}), fields{"bytes": 20_000_001.0})
		expect(t, a.ok("download", fields{"peer": b.id(), "bytes": 20_000_001}), fields{"bytes": 20_000_001.0})
		a.ok("upload", fields{"peer": b.id(), "bytes": 0})
		a.ok("download", fields{"peer": b.id(), "bytes": 0})
		a.ok("half-close", fields{"peer": b.id()})
	})
}

func TestResets(t *testing.T) {
	connectedPair(t, nil, func(t *testing.T, a, b *driver) {
		for _, code := range []float64{0, 0x1002, 0xFFFFFFFF} {
			r := a.ok("ask-reset", fields{"peer": b.id(), "code": code})
			expect(t, r, fields{"code": code, "remote": true})
			a.ok("give-reset", fields{"peer": b.id(), "code": code})
			e := b.event("stream-error")
			expect(t, e, fields{"code": code, "remote": true, "protocol": string(echoProtocol), "peer": a.id()})
		}
	})
}

func TestRawStreams(t *testing.T) {
	connectedPair(t, nil, func(t *testing.T, a, b *driver) {
		data := base64.StdEncoding.EncodeToString([]byte("hello"))
		r := a.ok("open", fields{"peer": b.id(), "protocol": echoProtocol, "data": data,
			"halfClose": true, "readMax": 100})
		expect(t, r, fields{"data": data, "eof": true})
		r = a.fails("open", fields{"peer": b.id(), "protocol": "/none/1.0.0", "readMax": 1})
		if !strings.Contains(r["error"].(string), "protocols not supported") {
			t.Error(r)
		}
	})
}

func TestManyStreams(t *testing.T) {
	connectedPair(t, nil, func(t *testing.T, a, b *driver) {
		r := a.ok("streams", fields{"peer": b.id(), "count": 1500, "holdMillis": 50})
		expect(t, r, fields{"good": 1500.0, "failed": 0.0, "openAtOnce": 1500.0})
		r = a.ok("streams", fields{"peer": b.id(), "count": 300, "parallel": 7})
		expect(t, r, fields{"good": 300.0, "openAtOnce": 300.0})
	})
}

func TestDefaultLimitsRefuseCleanly(t *testing.T) {
	free, limited := startHere(t), startOther(t, "-limits")
	free.ok("connect", fields{"addr": limited.addr()})
	r := free.ok("streams", fields{"peer": limited.id(), "count": 1000})
	first := r["errors"].([]any)[0].(map[string]any)
	expect(t, first, fields{"code": float64(0x1002), "remote": true})
	free.ok("echo", fields{"peer": limited.id(), "bytes": 10})
}

func TestSlowBesideFast(t *testing.T) {
	connectedPair(t, nil, func(t *testing.T, a, b *driver) {
		a.ok("slow-fast", fields{"peer": b.id(), "bytes": 24_000_000})

		a.event("fast-done")
		reply := a.start("slow-fast", fields{"peer": b.id(), "stalled": "remote"})
		b.event("stalled")
		a.event("fast-done")
		expect(t, b.ok("unstall", nil), fields{"released": 1.0})
		r := a.await("slow-fast", reply)
		if r["ok"] != true || r["slowWrittenBefore"].(float64) > 17<<20 {
			t.Error(r)
		}
	})
}

func TestThousand(t *testing.T) {
	connectedPair(t, nil, func(t *testing.T, a, b *driver) {
		r := a.ok("thousand", fields{"peer": b.id(), "stallMillis": 500, "paceMillis": 100})
		expect(t, r, fields{"streams": 1000.0})

		a.event("stall-over")
		reply := a.start("thousand", fields{"peer": b.id(), "stallMillis": 200, "paceMillis": 100, "stalled": "remote"})
		a.event("stall-over")
		b.ok("unstall", nil)
		if r := a.await("thousand", reply); r["ok"] != true {
			t.Error(r)
		}
	})
}

func TestPerfCountsAtTheReceiver(t *testing.T) {
	connectedPair(t, nil, func(t *testing.T, a, b *driver) {
		r := a.ok("perf", fields{"peer": b.id(), "up": 50_000_000, "down": 30_000_000})
		expect(t, r, fields{"up": 5e7, "down": 3e7})
		expect(t, b.event("perf"), fields{"received": 5e7, "sent": 3e7})
	})
}

func TestBenches(t *testing.T) {
	connectedPair(t, nil, func(t *testing.T, a, b *driver) {
		expect(t, a.ok("bench-streams", fields{"peer": b.id(), "n": 200, "concurrency": 4}), fields{"n": 200.0})
		expect(t, a.ok("bench-echo", fields{"peer": b.id(), "n": 200}), fields{"n": 200.0})
		expect(t, a.ok("bench-handshakes", fields{"addr": b.addr(), "n": 20, "concurrency": 2}), fields{"n": 20.0})
		expect(t, a.ok("bench-handshakes", fields{"addr": b.addr(), "n": 5, "noIdentify": true}), fields{"n": 5.0})
	})
}

func TestRequestsAreChecked(t *testing.T) {
	p := startHere(t)
	p.fails("connekt", nil)
	p.fails("connect", fields{"adr": p.addr()})
	p.fails("echo", fields{"peer": "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN"})
	p.ok("info", nil)
	if p.ok("gc", nil)["rssKb"].(float64) <= 0 {
		t.Error("no resident set")
	}
	reply := p.start("quit", nil)
	select {
	case <-reply:
	case <-time.After(patience):
		t.Error("quit is not answered")
	}
}
