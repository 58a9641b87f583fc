// Writes handshakes of github.com/flynn/noise, the implementation that go-libp2p uses, with fixed keys, as vectors for
// NoiseVectorTest: go run . > ../resources/flynn-noise-xx.json
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"

	"github.com/flynn/noise"
)

type message struct {
	Payload    string `json:"payload"`
	Ciphertext string `json:"ciphertext"`
}

type vector struct {
	Source        string    `json:"source"`
	InitPrologue  string    `json:"init_prologue"`
	RespPrologue  string    `json:"resp_prologue"`
	InitStatic    string    `json:"init_static"`
	InitEphemeral string    `json:"init_ephemeral"`
	RespStatic    string    `json:"resp_static"`
	RespEphemeral string    `json:"resp_ephemeral"`
	HandshakeHash string    `json:"handshake_hash"`
	Messages      []message `json:"messages"`
}

func bytesOf(label string, length int) []byte {
	out := []byte{}
	for i := 0; len(out) < length; i++ {
		block := sha256.Sum256([]byte(fmt.Sprintf("%s %d", label, i)))
		out = append(out, block[:]...)
	}
	return out[:length]
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func handshake(name string, prologueBytes, payloadBytes int) vector {
	suite := noise.NewCipherSuite(noise.DH25519, noise.CipherChaChaPoly, noise.HashSHA256)
	secret := func(role string) []byte { return bytesOf(name+" "+role, 32) }
	side := func(initiator bool, static, ephemeral []byte) *noise.HandshakeState {
		pair, err := noise.DH25519.GenerateKeypair(bytes.NewReader(static))
		check(err)
		state, err := noise.NewHandshakeState(noise.Config{
			CipherSuite: suite, Pattern: noise.HandshakeXX, Initiator: initiator, StaticKeypair: pair,
			Random: bytes.NewReader(ephemeral), Prologue: bytesOf(name+" prologue", prologueBytes),
		})
		check(err)
		return state
	}
	v := vector{
		Source:        "flynn/noise " + name,
		InitStatic:    hex.EncodeToString(secret("initiator static")),
		InitEphemeral: hex.EncodeToString(secret("initiator ephemeral")),
		RespStatic:    hex.EncodeToString(secret("responder static")),
		RespEphemeral: hex.EncodeToString(secret("responder ephemeral")),
		InitPrologue:  hex.EncodeToString(bytesOf(name+" prologue", prologueBytes)),
		RespPrologue:  hex.EncodeToString(bytesOf(name+" prologue", prologueBytes)),
	}
	initiator := side(true, secret("initiator static"), secret("initiator ephemeral"))
	responder := side(false, secret("responder static"), secret("responder ephemeral"))
	say := func(from, to *noise.HandshakeState) (*noise.CipherState, *noise.CipherState) {
		payload := bytesOf(fmt.Sprintf("%s payload %d", name, len(v.Messages)), payloadBytes)
		sent, first, second, err := from.WriteMessage(nil, payload)
		check(err)
		_, _, _, err = to.ReadMessage(nil, sent)
		check(err)
		v.Messages = append(v.Messages, message{hex.EncodeToString(payload), hex.EncodeToString(sent)})
		return first, second
	}
	say(initiator, responder)
	say(responder, initiator)
	byInitiator, byResponder := say(initiator, responder)
	v.HandshakeHash = hex.EncodeToString(initiator.ChannelBinding())
	for i := 0; i < 4; i++ {
		cipher := byResponder
		if i%2 == 1 {
			cipher = byInitiator
		}
		payload := bytesOf(fmt.Sprintf("%s transport %d", name, i), payloadBytes)
		sent, err := cipher.Encrypt(nil, nil, payload)
		check(err)
		v.Messages = append(v.Messages, message{hex.EncodeToString(payload), hex.EncodeToString(sent)})
	}
	return v
}

func main() {
	out := json.NewEncoder(os.Stdout)
	out.SetIndent("", " ")
	check(out.Encode(map[string]any{
		"about": "Noise_XX_25519_ChaChaPoly_SHA256, written by src/test/go with github.com/flynn/noise",
		"vectors": []vector{
			handshake("empty payloads", 0, 0),
			handshake("short payloads", 0, 11),
			handshake("with prologue", 40, 300),
		},
	}))
}
