package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
)

const maxCrowd = 20_000

// errorCount is an error and how many streams met it.
type errorCount struct {
	failure
	Count int `json:"count"`
}

// tally counts equal errors of concurrent streams.
type tally struct {
	mu     sync.Mutex
	counts []errorCount
}

func (t *tally) add(err error) {
	f := failureOf(err)
	t.mu.Lock()
	defer t.mu.Unlock()
	for i := range t.counts {
		if t.counts[i].Error == f.Error {
			t.counts[i].Count++
			return
		}
	}
	t.counts = append(t.counts, errorCount{f, 1})
}

func (t *tally) all() []errorCount {
	t.mu.Lock()
	defer t.mu.Unlock()
	slices.SortFunc(t.counts, func(a, b errorCount) int { return cmp.Compare(b.Count, a.Count) })
	return append([]errorCount{}, t.counts...)
}

type streamsParams struct {
	peerParam
	Count    int   `json:"count"`
	Bytes    int   `json:"bytes"`
	Parallel int   `json:"parallel"`
	HoldMs   int64 `json:"holdMillis"`
}

type streamsResult struct {
	OK     int          `json:"good"`
	Failed int          `json:"failed"`
	Open   int          `json:"openAtOnce"`
	Errors []errorCount `json:"errors"`
}

// streams opens all streams at once, or Parallel at a time, has an echo on each, and closes none before every one is
// answered or refused.
func (p *testPeer) streams(ctx context.Context, params streamsParams) (streamsResult, error) {
	if params.Count < 1 || params.Count > maxCrowd {
		return streamsResult{}, fmt.Errorf("count must be 1 to %d", maxCrowd)
	}
	var errs tally
	var answered, everyone sync.WaitGroup
	var open, ok atomic.Int64
	hold := make(chan struct{})
	slots := make(chan struct{}, min(cmp.Or(max(params.Parallel, 0), params.Count), params.Count))
	answered.Add(params.Count)
	for range params.Count {
		everyone.Go(func() {
			var once sync.Once
			slots <- struct{}{}
			here := func() {
				once.Do(func() {
					<-slots
					answered.Done()
				})
			}
			defer here()
			err := p.use(ctx, params.Peer, echoProtocol, func(s network.Stream) error {
				if err := echoOnce(s, max(params.Bytes, 16)); err != nil {
					return err
				}
				open.Add(1)
				here()
				<-hold
				return expectEnd(s)
			})
			if err != nil {
				errs.add(err)
			} else {
				ok.Add(1)
			}
		})
	}
	answered.Wait()
	result := streamsResult{Open: int(open.Load())}
	pause(ctx, time.Duration(params.HoldMs)*time.Millisecond)
	close(hold)
	everyone.Wait()
	result.OK, result.Errors = int(ok.Load()), errs.all()
	result.Failed = params.Count - result.OK
	return result, nil
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// defaultSlowBytes is more than the largest window of yamux in go-libp2p, so a stalled reader stops the writer.
const defaultSlowBytes = 32 << 20

// Which side's reader stands still.
const (
	stalledHere  = "local"  // we ask the peer's source and do not read
	stalledThere = "remote" // we write to the peer's stall protocol
)

// slowTransfer runs beside other streams with a reader that stands still. started is closed when its stream is up,
// the reader here stands still until goOn is closed, and progress says how many bytes were taken off our hands.
type slowTransfer struct {
	goOn     chan struct{}
	progress atomic.Int64
	done     chan struct{}
	result   transfer
	err      error
}

func (p *testPeer) startSlow(ctx context.Context, id peer.ID, stalled string, n int64) (*slowTransfer, error) {
	t := &slowTransfer{goOn: make(chan struct{}), done: make(chan struct{})}
	switch stalled {
	case stalledThere:
		go func() {
			defer close(t.done)
			t.result, t.err = p.uploadTo(ctx, stallProtocol, transferParams{peerParam{id}, n}, t.progress.Store)
		}()
		return t, nil
	case stalledHere, "":
		asked := make(chan struct{})
		go func() {
			defer close(t.done)
			t.result, t.err = p.downloadLater(ctx, id, n, asked, t.goOn)
		}()
		select {
		case <-asked:
			return t, nil
		case <-t.done:
			return nil, t.err
		}
	default:
		return nil, fmt.Errorf("stalled %q is none of %s, %s", stalled, stalledHere, stalledThere)
	}
}

func (p *testPeer) downloadLater(
	ctx context.Context, id peer.ID, n int64, asked chan<- struct{}, goOn <-chan struct{},
) (transfer, error) {
	var t transfer
	err := p.use(ctx, id, sourceProtocol, func(s network.Stream) error {
		start := time.Now()
		if err := askSource(s, n); err != nil {
			return err
		}
		close(asked)
		select {
		case <-goOn:
		case <-ctx.Done():
			return ctx.Err()
		}
		received, err := readRandom(s, n)
		t = timed(received, n, start)
		return err
	})
	return t, err
}

// finish ends the stall on our side and waits for the verdict. A stall at the peer ends when the peer wants.
func (t *slowTransfer) finish() (transfer, error) {
	close(t.goOn)
	<-t.done
	if t.err != nil {
		return t.result, fmt.Errorf("stalled stream: %w", t.err)
	}
	return t.result, nil
}

func (t *slowTransfer) ended() bool {
	select {
	case <-t.done:
		return true
	default:
		return false
	}
}

type slowFastParams struct {
	peerParam
	Stalled string `json:"stalled"` // "local" (default) or "remote"
	Bytes   int64  `json:"bytes"`   // each
}

type slowFastResult struct {
	Fast        transfer `json:"fast"`
	Slow        transfer `json:"slow"`
	SlowWritten int64    `json:"slowWrittenBefore"` // what the stalled stream had taken when the fast one was done
}

// slowFast has a fast transfer beside a stalled one in the same direction; then the stalled one goes on. Both must
// be right, and the fast one must end while the other stands.
func (p *testPeer) slowFast(ctx context.Context, params slowFastParams) (slowFastResult, error) {
	var result slowFastResult
	n := cmp.Or(params.Bytes, defaultSlowBytes)
	slow, err := p.startSlow(ctx, params.Peer, params.Stalled, n)
	if err != nil {
		return result, err
	}
	fast := transferParams{params.peerParam, n}
	if params.Stalled == stalledThere {
		result.Fast, err = p.upload(ctx, fast)
	} else {
		result.Fast, err = p.download(ctx, fast)
	}
	result.SlowWritten = slow.progress.Load()
	tooEarly := slow.ended()
	p.out.event("fast-done", result.Fast)
	var slowErr error
	result.Slow, slowErr = slow.finish()
	if tooEarly && slowErr == nil {
		slowErr = errors.New("the stalled stream ended before the fast one: it was not stalled")
	}
	return result, errors.Join(err, slowErr)
}

type thousandParams struct {
	peerParam
	Count     int    `json:"count"`
	StallMs   int64  `json:"stallMillis"`
	PaceMs    int64  `json:"paceMillis"`
	Bytes     int    `json:"bytes"`
	Stalled   string `json:"stalled"`
	SlowBytes int64  `json:"slowBytes"`
}

type thousandResult struct {
	Streams   int          `json:"streams"`
	Rounds    int64        `json:"rounds"`
	Stalled   transfer     `json:"stalled"`
	RSSBefore int64        `json:"rssKbBefore"`
	RSSMax    int64        `json:"rssKbMax"`
	RSSAfter  int64        `json:"rssKbAfter"`
	Errors    []errorCount `json:"errors"`
}

// thousand keeps Count streams open for StallMs: the reader of one stands still, the others have one echo after
// the other, PaceMs apart. Then the stalled one goes on and all must end well.
func (p *testPeer) thousand(ctx context.Context, params thousandParams) (thousandResult, error) {
	count := cmp.Or(params.Count, 1000)
	if count < 2 || count > maxCrowd {
		return thousandResult{}, fmt.Errorf("count must be 2 to %d", maxCrowd)
	}
	pace := time.Duration(cmp.Or(params.PaceMs, 500)) * time.Millisecond
	result := thousandResult{RSSBefore: residentKiB()}
	slow, err := p.startSlow(ctx, params.Peer, params.Stalled, cmp.Or(params.SlowBytes, defaultSlowBytes))
	if err != nil {
		return result, err
	}

	var errs tally
	var rounds, good atomic.Int64
	var up, everyone sync.WaitGroup
	stop := make(chan struct{})
	up.Add(count - 1)
	for range count - 1 {
		everyone.Go(func() {
			var once sync.Once
			here := func() { once.Do(up.Done) }
			defer here()
			err := p.use(ctx, params.Peer, echoProtocol, func(s network.Stream) error {
				for {
					if err := echoOnce(s, max(params.Bytes, 32)); err != nil {
						return err
					}
					rounds.Add(1)
					here()
					select {
					case <-time.After(pace):
					case <-stop:
						return expectEnd(s)
					}
				}
			})
			if err != nil {
				errs.add(err)
			} else {
				good.Add(1)
			}
		})
	}
	up.Wait()
	p.out.event("thousand-up", map[string]int{"streams": count})
	result.RSSMax = watchResident(ctx, time.Duration(cmp.Or(params.StallMs, 10_000))*time.Millisecond)
	tooEarly := slow.ended()
	p.out.event("stall-over", map[string]int64{"rounds": rounds.Load()})
	var slowErr error
	result.Stalled, slowErr = slow.finish()
	if tooEarly && slowErr == nil {
		slowErr = errors.New("the stalled stream ended before its time: it was not stalled")
	}
	close(stop)
	everyone.Wait()
	result.Streams, result.Rounds, result.Errors = int(good.Load())+1, rounds.Load(), errs.all()
	result.RSSAfter = residentKiB()
	if len(result.Errors) > 0 {
		slowErr = errors.Join(slowErr, fmt.Errorf("%d of %d streams failed, first: %s",
			count-1-int(good.Load()), count, result.Errors[0].Error))
	}
	return result, slowErr
}
