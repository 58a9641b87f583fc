package io.peerup.interop;

import io.peerup.circuitrelay.HopCodec;
import io.peerup.circuitrelay.HopMessage;
import io.peerup.circuitrelay.RelayLimits;
import io.peerup.circuitrelay.StatusCode;
import io.peerup.circuitrelay.StopCodec;
import io.peerup.circuitrelay.StopMessage;
import io.peerup.swarm.ProtocolId;
import io.peerup.testkit.process.GoVersion;
import io.peerup.wire.Delimited;
import io.peerup.wire.Identity;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Every no that a relay, or a destination, can say; each provoked for real. */
enum Refusal {
    NO_RESERVATION(StatusCode.NO_RESERVATION) {
        @Override
        StatusCode provoke(RelayStart relays, Stack asker) throws Exception {
            try (RelayPeer relay = relays.start(RelayLimits.defaults());
                    RelayPeer asking = asker.start()) {
                return asking.reach(Identity.generate().peerId(), relay);
            }
        }
    },
    RESERVATIONS_IN_ALL(StatusCode.RESERVATION_REFUSED) {
        @Override
        StatusCode provoke(RelayStart relays, Stack asker) throws Exception {
            return secondReservation(reservations(1, 8), relays, asker);
        }
    },
    RESERVATIONS_OF_ONE_IP(StatusCode.RESERVATION_REFUSED) {
        @Override
        StatusCode provoke(RelayStart relays, Stack asker) throws Exception {
            return secondReservation(reservations(128, 1), relays, asker);
        }
    },
    CIRCUITS_OF_THE_SOURCE(StatusCode.RESOURCE_LIMIT_EXCEEDED) {
        @Override
        StatusCode provoke(RelayStart relays, Stack asker) throws Exception {
            try (RelayPeer relay = relays.start(circuits(1));
                    RelayPeer first = asker.start();
                    RelayPeer second = asker.start();
                    RelayPeer asking = asker.start()) {
                requireOk(first.reserve(relay));
                requireOk(second.reserve(relay));
                requireOk(asking.reach(first.id(), relay));
                return asking.reach(second.id(), relay);
            }
        }
    },
    CIRCUITS_OF_THE_DESTINATION(StatusCode.RESOURCE_LIMIT_EXCEEDED) {
        @Override
        StatusCode provoke(RelayStart relays, Stack asker) throws Exception {
            try (RelayPeer relay = relays.start(circuits(1));
                    RelayPeer destination = asker.start();
                    RelayPeer first = asker.start();
                    RelayPeer asking = asker.start()) {
                requireOk(destination.reserve(relay));
                requireOk(first.reach(destination.id(), relay));
                return asking.reach(destination.id(), relay);
            }
        }
    },
    MAY_NOT_RESERVE(StatusCode.PERMISSION_DENIED) {
        @Override
        StatusCode provoke(RelayStart relays, Stack asker) throws Exception {
            try (RelayPeer relay = relays.start(RelayLimits.defaults());
                    RelayPeer asking = asker.start()) {
                relay.denyReserve(asking.id());
                return asking.reserve(relay);
            }
        }
    },
    MAY_NOT_CONNECT(StatusCode.PERMISSION_DENIED) {
        @Override
        StatusCode provoke(RelayStart relays, Stack asker) throws Exception {
            try (RelayPeer relay = relays.start(RelayLimits.defaults());
                    RelayPeer destination = asker.start();
                    RelayPeer asking = asker.start()) {
                requireOk(destination.reserve(relay));
                relay.denyConnectTo(destination.id());
                return asking.reach(destination.id(), relay);
            }
        }
    },
    RESERVE_OVER_A_CIRCUIT(StatusCode.PERMISSION_DENIED) {
        @Override
        StatusCode provoke(RelayStart relays, Stack asker) throws Exception {
            return behindAnotherRelay(relays, asker, (asking, relay) -> asking.askToReserve(relay));
        }
    },
    CONNECT_OVER_A_CIRCUIT(StatusCode.PERMISSION_DENIED) {
        @Override
        StatusCode provoke(RelayStart relays, Stack asker) throws Exception {
            return behindAnotherRelay(
                    relays,
                    asker,
                    (asking, relay) -> asking.askToConnect(Identity.generate().peerId(), relay));
        }
    },
    CIRCUIT_TO_ITSELF(StatusCode.PERMISSION_DENIED) {
        @Override
        StatusCode provoke(RelayStart relays, Stack asker) throws Exception {
            try (RelayPeer relay = relays.start(RelayLimits.defaults());
                    RelayPeer asking = asker.start()) {
                requireOk(asking.reserve(relay));
                return asking.askToConnect(asking.id(), relay);
            }
        }

        // A go relay does not look; it is the asker that does not want to be its own destination.
        @Override
        StatusCode expectedFrom(Stack relay) {
            return relay == Stack.OURS ? StatusCode.PERMISSION_DENIED : StatusCode.CONNECTION_FAILED;
        }
    },
    DESTINATION_REFUSES(StatusCode.CONNECTION_FAILED) {
        @Override
        StatusCode provoke(RelayStart relays, Stack asker) throws Exception {
            try (RelayPeer relay = relays.start(RelayLimits.defaults());
                    GoRelayPeer destination = GoRelayPeer.start(GoVersion.V0_51);
                    RelayPeer asking = asker.start()) {
                requireOk(destination.reserve(relay));
                destination.process().run("stop-raw", Map.of("status", StatusCode.RESOURCE_LIMIT_EXCEEDED.value()));
                return asking.reach(destination.id(), relay);
            }
        }
    },
    DESTINATION_DOES_NOT_LISTEN(StatusCode.CONNECTION_FAILED) {
        @Override
        StatusCode provoke(RelayStart relays, Stack asker) throws Exception {
            try (RelayPeer relay = relays.start(RelayLimits.defaults());
                    OurRelayPeer destination = OurRelayPeer.start();
                    RelayPeer asking = asker.start()) {
                requireOk(destination.reserve(relay));
                destination.peer().host().swarm().unhandle(RelayPeer.STOP);
                return asking.reach(destination.id(), relay);
            }
        }
    },
    DESTINATION_HAS_LEFT(StatusCode.NO_RESERVATION) {
        @Override
        StatusCode provoke(RelayStart relays, Stack asker) throws Exception {
            try (RelayPeer relay = relays.start(RelayLimits.defaults());
                    RelayPeer destination = asker.start();
                    RelayPeer asking = asker.start()) {
                requireOk(destination.reserve(relay));
                asking.connect(relay);
                destination.close();
                // Until the relay has noticed, it may still try.
                StatusCode told = asking.askToConnect(destination.id(), relay);
                for (int more = 600; more > 0 && told.equals(StatusCode.CONNECTION_FAILED); more--) {
                    TimeUnit.MILLISECONDS.sleep(100);
                    told = asking.askToConnect(destination.id(), relay);
                }
                return told;
            }
        }
    },
    HOP_GARBAGE(StatusCode.MALFORMED_MESSAGE) {
        @Override
        StatusCode provoke(RelayStart relays, Stack asker) throws Exception {
            return toHop(new byte[] {(byte) 0xff, 1, 2}, relays, asker);
        }
    },
    HOP_STATUS(StatusCode.MALFORMED_MESSAGE) {
        @Override
        StatusCode provoke(RelayStart relays, Stack asker) throws Exception {
            return toHop(HopCodec.encode(HopMessage.Status.of(StatusCode.OK)), relays, asker);
        }
    },
    STOP_GARBAGE(StatusCode.MALFORMED_MESSAGE) {
        @Override
        StatusCode provoke(RelayStart relays, Stack asker) throws Exception {
            return toStop(new byte[] {(byte) 0xff, 1, 2}, relays, asker);
        }
    },
    STOP_STATUS(StatusCode.UNEXPECTED_MESSAGE) {
        @Override
        StatusCode provoke(RelayStart relays, Stack asker) throws Exception {
            return toStop(StopCodec.encode(new StopMessage.Status(StatusCode.OK)), relays, asker);
        }
    };

    private final int expected;

    Refusal(StatusCode expected) {
        this.expected = expected.value();
    }

    /** Starts the relay under test. */
    interface RelayStart {
        RelayPeer start(RelayLimits limits) throws Exception;
    }

    private interface Ask {
        StatusCode of(RelayPeer asking, RelayPeer relay) throws Exception;
    }

    /** What {@code asker} is told by the relay. */
    abstract StatusCode provoke(RelayStart relays, Stack asker) throws Exception;

    /** What it must be told. */
    StatusCode expectedFrom(Stack relay) {
        return new StatusCode(expected);
    }

    private static StatusCode secondReservation(RelayLimits limits, RelayStart relays, Stack asker) throws Exception {
        try (RelayPeer relay = relays.start(limits);
                RelayPeer first = asker.start();
                RelayPeer asking = asker.start()) {
            requireOk(first.reserve(relay));
            return asking.reserve(relay);
        }
    }

    /** Asks a relay that is reached through another relay, whose circuits have no limit. */
    private static StatusCode behindAnotherRelay(RelayStart relays, Stack asker, Ask ask) throws Exception {
        RelayLimits unlimited = RelayLimits.defaults().withCircuits(16, Optional.empty());
        try (RelayPeer outer = Stack.GO_V0_51.startRelay(unlimited);
                RelayPeer relay = relays.start(RelayLimits.defaults());
                RelayPeer asking = asker.start()) {
            requireOk(relay.reserve(outer));
            requireOk(asking.reach(relay.id(), outer));
            return ask.of(asking, relay);
        }
    }

    private static StatusCode toHop(byte[] message, RelayStart relays, Stack asker) throws Exception {
        byte[] answer = said(RelayPeer.HOP, message, relays, asker);
        return ((HopMessage.Status) HopCodec.decode(answer)).status();
    }

    private static StatusCode toStop(byte[] message, RelayStart relays, Stack asker) throws Exception {
        byte[] answer = said(RelayPeer.STOP, message, relays, asker);
        return ((StopMessage.Status) StopCodec.decode(answer)).status();
    }

    private static byte[] said(ProtocolId protocol, byte[] message, RelayStart relays, Stack asker) throws Exception {
        try (RelayPeer relay = relays.start(RelayLimits.defaults());
                RelayPeer asking = asker.start()) {
            asking.connect(relay);
            byte[] answer = asking.say(relay, protocol, Delimited.write(message));
            return Delimited.read(answer, HopCodec.MAX_MESSAGE_BYTES);
        }
    }

    private static RelayLimits reservations(int inAll, int perIp) {
        RelayLimits defaults = RelayLimits.defaults();
        return defaults.withReservations(inAll, perIp, defaults.reservationTtl());
    }

    private static RelayLimits circuits(int perPeer) {
        RelayLimits defaults = RelayLimits.defaults();
        return defaults.withCircuits(perPeer, defaults.circuit());
    }

    private static void requireOk(StatusCode status) {
        if (!status.isOk()) {
            throw new AssertionError("a step before the refusal was refused: " + status);
        }
    }
}
