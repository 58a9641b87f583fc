package io.peerup.interop;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.peerup.circuitrelay.CircuitRequest;
import io.peerup.circuitrelay.HopMessage;
import io.peerup.circuitrelay.HopRequests;
import io.peerup.circuitrelay.RelayLimits;
import io.peerup.circuitrelay.ReservationRequest;
import io.peerup.circuitrelay.StatusCode;
import io.peerup.circuitrelay.netty.HopProtocol;
import io.peerup.circuitrelay.service.Relay;
import io.peerup.swarm.Connection;
import io.peerup.swarm.ConnectionLimit;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.StreamProtocol;
import io.peerup.swarm.Swarm;
import io.peerup.wire.Identity;
import io.peerup.wire.PeerId;
import io.peerup.wire.RelayVoucher;
import io.peerup.wire.SignedEnvelope;
import java.util.Optional;

/** Relays of ours that do one thing wrong: whatever is proved with a good relay must fail with them. */
enum Saboteur {
    /** Changes one bit of what it relays. */
    FLIPS_A_BIT {
        @Override
        void spoil(MuxedStream hop) {
            hop.channel().pipeline().addLast(new AtByte(SPOILED_BYTE) {
                @Override
                void reached(ChannelHandlerContext ctx, ByteBuf bytes, int index) {
                    bytes.setByte(index, bytes.getByte(index) ^ 1);
                }
            });
        }
    },
    /** Ends a circuit long before its limit. */
    HANGS_UP {
        @Override
        void spoil(MuxedStream hop) {
            hop.channel().pipeline().addLast(new AtByte(SPOILED_BYTE) {
                @Override
                void reached(ChannelHandlerContext ctx, ByteBuf bytes, int index) {
                    hop.reset(0);
                }
            });
        }
    },
    /** Signs vouchers with a key that is not its own. */
    SIGNS_WITH_ANOTHER_KEY {
        @Override
        HopMessage.Slot grant(HopMessage.Slot slot, Identity self, PeerId peer) {
            RelayVoucher voucher = new RelayVoucher(self.peerId(), peer, slot.expire());
            return new HopMessage.Slot(
                    slot.expire(),
                    slot.addrs(),
                    SignedEnvelope.seal(Identity.generate(), voucher).bytes());
        }
    },
    /** Gives the voucher of somebody else. */
    GIVES_ANOTHERS_VOUCHER {
        @Override
        HopMessage.Slot grant(HopMessage.Slot slot, Identity self, PeerId peer) {
            PeerId other = Identity.generate().peerId();
            RelayVoucher voucher = new RelayVoucher(self.peerId(), other, slot.expire());
            return new HopMessage.Slot(
                    slot.expire(), slot.addrs(), voucher.seal(self).bytes());
        }
    },
    /** Refuses with the wrong words. */
    REFUSES_WRONGLY {
        @Override
        StatusCode refuse(StatusCode why) {
            return why.equals(StatusCode.CONNECTION_FAILED) ? StatusCode.NO_RESERVATION : StatusCode.CONNECTION_FAILED;
        }
    };

    /** Late enough to be after the handshakes, early enough to be in any bulk. */
    private static final int SPOILED_BYTE = 20_000;

    void spoil(MuxedStream hop) {}

    HopMessage.Slot grant(HopMessage.Slot slot, Identity self, PeerId peer) {
        return slot;
    }

    StatusCode refuse(StatusCode why) {
        return why;
    }

    /** A relay of this kind. */
    RelayPeer start(RelayLimits limits) throws Exception {
        OurRelayPeer peer = OurRelayPeer.start();
        Relay relay = peer.serve(limits);
        Swarm swarm = peer.peer().host().swarm();
        swarm.unhandle(HopProtocol.ID);
        swarm.handle(new Spoiled(new HopProtocol(new Requests(relay, peer.peer().identity()), limits)));
        return peer;
    }

    private final class Requests implements HopRequests {
        private final Relay honest;
        private final Identity self;

        Requests(Relay honest, Identity self) {
            this.honest = honest;
            this.self = self;
        }

        @Override
        public void reserve(ReservationRequest request) {
            honest.reserve(new ReservationRequest() {
                @Override
                public Connection from() {
                    return request.from();
                }

                @Override
                public void grant(HopMessage.Slot slot, Optional<ConnectionLimit> limit) {
                    request.grant(Saboteur.this.grant(slot, self, from().remotePeer()), limit);
                }

                @Override
                public void refuse(StatusCode why) {
                    request.refuse(Saboteur.this.refuse(why));
                }
            });
        }

        @Override
        public void connect(CircuitRequest request) {
            honest.connect(new CircuitRequest() {
                @Override
                public Connection from() {
                    return request.from();
                }

                @Override
                public PeerId destination() {
                    return request.destination();
                }

                @Override
                public void connect(Connection to, Optional<ConnectionLimit> limit, Runnable ended) {
                    request.connect(to, limit, ended);
                }

                @Override
                public void refuse(StatusCode why) {
                    request.refuse(Saboteur.this.refuse(why));
                }
            });
        }
    }

    private final class Spoiled implements StreamProtocol {
        private final HopProtocol hop;

        Spoiled(HopProtocol hop) {
            this.hop = hop;
        }

        @Override
        public ProtocolId id() {
            return hop.id();
        }

        @Override
        public boolean allowedOnLimitedConnections() {
            return hop.allowedOnLimitedConnections();
        }

        @Override
        public void attach(MuxedStream stream, Connection connection) {
            spoil(stream);
            hop.attach(stream, connection);
        }
    }

    /** Does something when a byte of what comes from the source is reached. */
    private abstract static class AtByte extends ChannelInboundHandlerAdapter {
        private long left;

        AtByte(long index) {
            this.left = index;
        }

        abstract void reached(ChannelHandlerContext ctx, ByteBuf bytes, int index);

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            if (left >= 0 && left < bytes.readableBytes()) {
                reached(ctx, bytes, bytes.readerIndex() + (int) left);
            }
            left -= bytes.readableBytes();
            ctx.fireChannelRead(bytes);
        }
    }
}
