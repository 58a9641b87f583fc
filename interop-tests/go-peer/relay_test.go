package main

import "testing"

// trio starts a relay and two peers, the relay or the peers being of the other version.
func trio(t *testing.T, relayArgs []string, test func(t *testing.T, relay, a, b *driver)) {
	relayArgs = append([]string{"-relay"}, relayArgs...)
	t.Run("relay here", func(t *testing.T) {
		test(t, startHere(t, relayArgs...), startOther(t), startHere(t))
	})
	t.Run("relay there", func(t *testing.T) {
		test(t, startOther(t, relayArgs...), startHere(t), startOther(t))
	})
}

func TestRelayedConnection(t *testing.T) {
	trio(t, []string{"-relay-data", "1000000", "-relay-duration", "30s"}, func(t *testing.T, relay, a, b *driver) {
		r := b.ok("reserve", fields{"relay": relay.addr()})
		expect(t, r, fields{"relay": relay.id(), "voucher": true, "durationSeconds": 30.0, "dataBytes": 1e6})
		circuit := r["circuitAddrs"].([]any)[0].(string)

		c := a.ok("connect-via", fields{"relay": relay.addr(), "peer": b.id()})
		expect(t, c, fields{"limited": true, "durationSeconds": 30.0, "dataBytes": 1e6, "transport": "p2p-circuit"})
		expect(t, b.event("connected"), fields{"peer": relay.id()})
		expect(t, b.event("connected"), fields{"peer": a.id(), "limited": true, "direction": "inbound"})

		// Without allowLimited go-libp2p waits in vain for a direct connection.
		a.fails("echo", fields{"peer": b.id(), "allowLimited": false, "millis": 100})
		a.ok("echo", fields{"peer": b.id(), "bytes": 10_000})
		a.ok("ping", fields{"peer": b.id()})
		a.fails("upload", fields{"peer": b.id(), "bytes": 2_000_000})

		a.ok("disconnect", fields{"peer": b.id()})
		a.ok("connect", fields{"addr": circuit})
	})
}

func TestUnlimitedRelay(t *testing.T) {
	trio(t, []string{"-relay-unlimited"}, func(t *testing.T, relay, a, b *driver) {
		r := b.ok("reserve", fields{"relay": relay.addr()})
		expect(t, r, fields{"durationSeconds": 0.0, "dataBytes": 0.0})
		expect(t, a.ok("connect-via", fields{"relay": relay.addr(), "peer": b.id()}), fields{"limited": false})
		a.ok("upload", fields{"peer": b.id(), "bytes": 5_000_000})
		a.ok("download", fields{"peer": b.id(), "bytes": 5_000_000})
		a.ok("half-close", fields{"peer": b.id()})
	})
}

func TestTimeLimitEndsTheCircuit(t *testing.T) {
	trio(t, []string{"-relay-duration", "1s"}, func(t *testing.T, relay, a, b *driver) {
		b.ok("reserve", fields{"relay": relay.addr()})
		a.ok("connect-via", fields{"relay": relay.addr(), "peer": b.id()})
		expect(t, a.event("disconnected"), fields{"peer": b.id(), "limited": true})
	})
}

func TestRelayRefusals(t *testing.T) {
	trio(t, []string{"-relay-max-reservations", "1", "-relay-max-circuits", "0"},
		func(t *testing.T, relay, a, b *driver) {
			refused := a.fails("connect-via", fields{"relay": relay.addr(), "peer": b.id()})
			expect(t, refused, fields{"status": 204.0, "statusName": "NO_RESERVATION"})

			relay.ok("relay-acl", fields{"denyReserve": []string{b.id()}})
			refused = b.fails("reserve", fields{"relay": relay.addr()})
			expect(t, refused, fields{"status": 202.0, "statusName": "PERMISSION_DENIED"})
			relay.ok("relay-acl", fields{"denyConnectTo": []string{"*"}})

			b.ok("reserve", fields{"relay": relay.id()})
			refused = a.fails("reserve", fields{"relay": relay.id()})
			expect(t, refused, fields{"status": 200.0, "statusName": "RESERVATION_REFUSED"})

			refused = a.fails("connect-via", fields{"relay": relay.id(), "peer": b.id()})
			expect(t, refused, fields{"status": 202.0})
			relay.ok("relay-acl", nil)
			refused = a.fails("connect-via", fields{"relay": relay.id(), "peer": b.id()})
			expect(t, refused, fields{"status": 201.0, "statusName": "RESOURCE_LIMIT_EXCEEDED"})
		})
}

func TestARawCircuitIsCountedAtBothEnds(t *testing.T) {
	trio(t, []string{"-relay-data", "65536"}, func(t *testing.T, relay, a, b *driver) {
		b.ok("stop-raw", fields{"bytes": 100_000})
		b.ok("reserve", fields{"relay": relay.addr()})
		a.ok("connect", fields{"addr": relay.addr()})
		r := a.ok("circuit-raw", fields{"relay": relay.id(), "peer": b.id(), "bytes": 1000})
		expect(t, r, fields{"status": 100.0, "dataBytes": 65536.0, "sent": 1000.0,
			"received": 65536.0, "intact": true, "eof": true})
		expect(t, b.event("raw-circuit"), fields{"relay": relay.id(), "peer": a.id(),
			"received": 1000.0, "intact": true, "eof": true})
	})
}

func TestADestinationThatRefuses(t *testing.T) {
	trio(t, nil, func(t *testing.T, relay, a, b *driver) {
		b.ok("stop-raw", fields{"status": 202})
		b.ok("reserve", fields{"relay": relay.addr()})
		refused := a.fails("connect-via", fields{"relay": relay.addr(), "peer": b.id()})
		expect(t, refused, fields{"status": 203.0, "statusName": "CONNECTION_FAILED"})
		expect(t, a.ok("circuit-raw", fields{"relay": relay.id(), "peer": b.id()}), fields{"status": 203.0})
	})
}
