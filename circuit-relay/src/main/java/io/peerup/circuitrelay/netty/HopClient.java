package io.peerup.circuitrelay.netty;

import io.peerup.circuitrelay.CircuitRule;
import io.peerup.circuitrelay.HopCodec;
import io.peerup.circuitrelay.HopMessage;
import io.peerup.swarm.Connection;
import io.peerup.swarm.Connection.LimitedConnections;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.MuxedStream;
import io.peerup.wire.ProtocolViolation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The asking side of hop. */
public final class HopClient {
    private HopClient() {}

    /**
     * Asks for a reservation over a direct connection, on a stream of its own. Fails when the relay does not speak
     * hop, breaks a rule or is silent. From any thread.
     *
     * @param patience from the open stream to the answer
     */
    public static CompletionStage<HopMessage.Status> reserve(Connection relay, Duration patience) {
        return relay.openStream(List.of(HopProtocol.ID), LimitedConnections.REFUSED, opened -> {
                    MuxedStream stream = opened.stream();
                    return ask(stream, new HopMessage.Reserve(), patience).whenComplete((answer, failure) -> {
                        if (failure == null) {
                            LastMessage.finish(stream);
                        } else {
                            stream.reset(ErrorCode.NONE.streamCode());
                        }
                    });
                })
                .thenCompose(answer -> answer);
    }

    /** Asks, and waits for the status; on the loop of the stream, where the result completes too. */
    static CompletionStage<HopMessage.Status> ask(MuxedStream stream, HopMessage request, Duration patience) {
        CompletableFuture<HopMessage.Status> status = new CompletableFuture<>();
        FirstMessage.of(stream, patience).whenComplete((answer, failure) -> {
            if (failure != null) {
                status.completeExceptionally(failure);
                return;
            }
            try {
                status.complete(status(HopCodec.decode(answer)));
            } catch (ProtocolViolation violation) {
                status.completeExceptionally(violation);
            }
        });
        LastMessage.send(stream, HopCodec.encode(request));
        return status;
    }

    private static HopMessage.Status status(HopMessage answer) throws ProtocolViolation {
        if (answer instanceof HopMessage.Status status) {
            return status;
        }
        throw new ProtocolViolation(CircuitRule.MESSAGE_UNEXPECTED, "the relay answered with a request");
    }
}
