package main

import (
	"bytes"
	"context"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"time"
)

type stats struct {
	Connections   int    `json:"conns"`
	Streams       int    `json:"streams"`
	RSSKiB        int64  `json:"rssKb"`
	HeapBytes     uint64 `json:"heapBytes"` // in use
	HeapObjects   uint64 `json:"heapObjects"`
	Goroutines    int    `json:"goroutines"`
	EventsDropped int64  `json:"eventsDropped"`
}

// stats collects garbage first, so that what it tells is in use.
func (p *testPeer) stats(context.Context, none) (stats, error) {
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	s := stats{
		RSSKiB:        residentKiB(),
		HeapBytes:     memory.HeapAlloc,
		HeapObjects:   memory.HeapObjects,
		Goroutines:    runtime.NumGoroutine(),
		EventsDropped: p.out.dropped.Load(),
	}
	for _, c := range p.host.Network().Conns() {
		s.Connections++
		s.Streams += len(c.GetStreams())
	}
	return s, nil
}

// gc also returns memory to the system.
func (p *testPeer) gc(ctx context.Context, params none) (stats, error) {
	debug.FreeOSMemory()
	return p.stats(ctx, params)
}

// residentKiB is the resident set of this process in KiB, 0 where there is no /proc.
func residentKiB() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range bytes.Lines(status) {
		if rest, ok := bytes.CutPrefix(line, []byte("VmRSS:")); ok {
			kib, _ := strconv.ParseInt(string(bytes.TrimSpace(bytes.TrimSuffix(bytes.TrimSpace(rest), []byte("kB")))), 10, 64)
			return kib
		}
	}
	return 0
}

// watchResident returns the largest resident set seen over a time.
func watchResident(ctx context.Context, d time.Duration) int64 {
	over := time.After(d)
	ticker := time.NewTicker(100 * time.Millisecond)
	defer ticker.Stop()
	most := residentKiB()
	for {
		select {
		case <-ticker.C:
			most = max(most, residentKiB())
		case <-over:
			return most
		case <-ctx.Done():
			return most
		}
	}
}
